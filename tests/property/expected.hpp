#pragma once
/// What the browser has to see, told without the library: each store of these tests says what its
/// node is, as JSON, and what it put into its streams and its events.

#include "chance.hpp"

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <musubi/store/stream/stream.hpp>

namespace musubi::property {

inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// `{"a":1}`, member by member.
class object {
 public:
  object& raw(std::string_view key, const std::string& json) {
    text_ += (text_.empty() ? "" : ",") + quoted(key) + ":" + json;
    return *this;
  }
  template <class Number>
  object& number(std::string_view key, Number value) {
    return raw(key, std::to_string(value));
  }
  object& text(std::string_view key, std::string_view value) { return raw(key, quoted(value)); }
  [[nodiscard]] std::string done() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

inline std::string joined(const std::vector<std::string>& values) {
  std::string all;
  for (const std::string& each : values) all += (all.empty() ? "" : ",") + each;
  return "[" + all + "]";
}

/// The list of a stream as contract section 7.6 has the client build it, and with the order of
/// section 7.5: of one message's operations resets come first, then inserts, then deletes.
class materialised {
 public:
  void reset() { resets_ = true; }
  void insert(std::string key, std::string item, const insertion& where) {
    inserts_.push_back({{std::move(key), std::move(item)}, where});
  }
  void remove(std::string key) { deletes_.push_back(std::move(key)); }
  /// The message has been handled.
  void settle();
  [[nodiscard]] std::string json() const;

 private:
  struct entry {
    std::string key;
    std::string item;
  };
  void drop(const std::string& key);
  std::vector<entry> entries_;
  std::vector<std::pair<entry, insertion>> inserts_;
  std::vector<std::string> deletes_;
  bool resets_ = false;
};

/// A store of these tests.
class witness {
 public:
  witness() noexcept;
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;
  virtual ~witness();
  /// It is mounted as `store_id`, the JSON text of its store_id without brackets.
  void at(std::string_view store_id);
  [[nodiscard]] const std::string& store_id() const noexcept { return store_id_; }
  /// Its node, children included.
  [[nodiscard]] virtual std::string node() const = 0;
  /// Its streams, as members of an object: `"name":[...]`.
  [[nodiscard]] virtual std::string streams() const = 0;
  /// The kind of store, for the one that talks to it.
  [[nodiscard]] virtual char kind() const noexcept = 0;

  /// It pushed an event whose payload is `{"n":n}`.
  void said(std::string_view event, std::int32_t n);

  /// The node of the store that this one placed there.
  [[nodiscard]] std::string beneath(std::initializer_list<std::string_view> below) const;

 private:
  std::string store_id_;
};

/// All that is mounted.
struct world {
  static world& now();
  std::map<std::string, witness*> stores;
  struct event {
    const witness* by;  ///< null when it is gone: the event may not have left before
    std::string store_id;
    std::string name;
    std::int32_t n;
  };
  std::vector<event> events;
  int busy = 0;   ///< handlers that are suspended
  chance any{0};  ///< for what no command asked for
  std::int32_t counter = 0;
};

}  // namespace musubi::property
