#pragma once
/// The browser's side of envelopes: received events, and the items of streams, which only the
/// browser stores (contract sections 7.6 and 9).

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <musubi/testkit/internal/wire.hpp>

namespace musubi::testkit {

class browser {
 public:
  /// Applies the stream operations and events of an envelope.
  void receive(std::string_view envelope) {
    if (envelope.ends_with(R"("stream_ops":[],"upload_ops":[],"events":[]})")) return;
    const document parsed(envelope);
    const json::value root = parsed.root();
    for (json::value op = root.member("stream_ops").first(); op; op = op.next()) apply(op);
    for (json::value told = root.member("events").first(); told; told = told.next()) {
      events_.push_back({std::string(*told.member("name").string()),
                         text_of(told.member("store_id")), text_of(told.member("payload"))});
    }
  }

  /// Removes the oldest event `name` of the store and returns its payload as JSON, if there is one.
  [[nodiscard]] std::optional<std::string> take_event(std::string_view name,
                                                      std::string_view store_id) {
    const auto found = std::find_if(events_.begin(), events_.end(), [&](const event& each) {
      return each.name == name && each.store_id == store_id;
    });
    if (found == events_.end()) return {};
    std::string payload = std::move(found->payload);
    events_.erase(found);
    return payload;
  }
  /// Number of events not yet taken.
  [[nodiscard]] std::size_t events() const noexcept { return events_.size(); }

  /// The items of a stream, as JSON.
  [[nodiscard]] std::vector<std::string> items(std::string_view stream,
                                               std::string_view store_id) const {
    std::vector<std::string> all;
    const auto found = streams_.find({std::string(store_id), std::string(stream)});
    if (found == streams_.end()) return all;
    for (const item& each : found->second) all.push_back(each.value);
    return all;
  }

 private:
  struct event {
    std::string name;
    std::string store_id;
    std::string payload;
  };
  struct item {
    std::string key;
    std::string value;
  };

  void apply(json::value op) {
    std::vector<item>& list =
        streams_[{text_of(op.member("store_id")), std::string(*op.member("stream").string())}];
    const std::string_view what = *op.member("op").string();
    if (what == "reset") return list.clear();
    const std::string key(*op.member("item_key").string());
    std::erase_if(list, [&](const item& each) { return each.key == key; });
    if (what != "insert") return;
    const std::int64_t at = *op.member("at").integer();
    const std::size_t index =
        at == -1 ? list.size() : std::min(list.size(), static_cast<std::size_t>(at));
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(index),
                {key, text_of(op.member("item"))});
    const auto limit = op.member("limit").integer();
    if (!limit) return;
    const auto most = static_cast<std::size_t>(*limit < 0 ? -*limit : *limit);
    while (list.size() > most) list.erase(at == 0 ? list.end() - 1 : list.begin());
  }

  /// The JSON text of a parsed value.
  [[nodiscard]] static std::string text_of(json::value from) {
    string_output into;
    json::writer out(into);
    write(out, from);
    return into.take();
  }
  static void write(json::writer& out, json::value from) {
    if (from.is_object() || from.is_array()) {
      const bool object = from.is_object();
      out.raw(object ? '{' : '[');
      bool first = true;
      for (json::value each = from.first(); each; each = each.next()) {
        if (!std::exchange(first, false)) out.raw(',');
        if (object) {
          out.string(each.key());
          out.raw(':');
        }
        write(out, each);
      }
      out.raw(object ? '}' : ']');
    } else if (const auto text = from.string()) {
      out.string(*text);
    } else if (const auto flag = from.boolean()) {
      out.raw(*flag ? "true" : "false");
    } else if (const auto whole = from.integer()) {
      out.number(*whole);
    } else if (const auto number = from.number()) {
      out.number(*number);
    } else {
      out.raw("null");
    }
  }

  std::vector<event> events_;
  std::map<std::pair<std::string, std::string>, std::vector<item>> streams_;
};

}  // namespace musubi::testkit
