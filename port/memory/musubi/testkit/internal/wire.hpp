#pragma once
/// Conversion between values and JSON text, for tests (uses the heap).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <musubi/json/internal/writer.hpp>
#include <musubi/json/value.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/schema/codec_record.hpp>

namespace musubi::testkit {

/// A JSON output that writes to a `std::string`.
struct string_output final : json::output {
  string_output() noexcept : output(window, window + sizeof window) {}
  /// The text written since the last call.
  [[nodiscard]] std::string take() {
    flush();
    return std::exchange(text, {});
  }

 private:
  void flush() {
    text.append(window, static_cast<std::size_t>(cursor_ - window));
    cursor_ = window;
    end_ = window + sizeof window;
  }
  bool make_room() noexcept override {
    flush();
    return true;
  }
  std::string text;
  char window[512];
};

/// The JSON text of a value, as it is on the wire.
template <class T>
[[nodiscard]] std::string to_json(const T& value) {
  string_output into;
  json::writer out(into);
  codec<T>::write(out, value);
  return into.take();
}

/// `ids` as the JSON text of a store_id: `["lines","l1"]`.
template <class... Ids>
[[nodiscard]] std::string store_id_text(const Ids&... ids) {
  string_output into;
  json::writer out(into);
  out.raw('[');
  [[maybe_unused]] bool first = true;
  ((out.raw(std::exchange(first, false) ? "" : ","), out.string(std::string_view(ids))), ...);
  out.raw(']');
  return into.take();
}

/// A parsed JSON text. Owns its memory.
class document {
 public:
  explicit document(std::string_view text)
      : region_((text.size() * bytes_per_character + 4096) / sizeof(std::max_align_t)),
        carver_(reinterpret_cast<std::byte*>(region_.data())),
        memory_("document", carver_, region_.size() * sizeof(std::max_align_t)) {
    if (json::parse(text, memory_, root_) != json::parse_error::none) root_ = {};
  }
  document(const document&) = delete;
  document& operator=(const document&) = delete;

  /// No value if the text is not JSON.
  [[nodiscard]] json::value root() const noexcept { return root_; }

 private:
  static constexpr std::size_t bytes_per_character = 96;  // "[0,0,0]": a value every two

  std::vector<std::max_align_t> region_;
  carver carver_;
  arena memory_;
  json::value root_;
};

/// The JSON text `text` decoded as a `T`; `std::nullopt` if it does not match. For an optional,
/// null and absent are the same.
template <class T>
[[nodiscard]] std::optional<T> read_as(std::string_view text) {
  T made{};
  decode_error error;
  error.absent_means_null = true;
  json::reader from(text);
  if (!json::well_formed(text) || !codec<T>::read(from, made, error)) return {};
  return made;
}

}  // namespace musubi::testkit
