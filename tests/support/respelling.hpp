#pragma once
/// The same JSON in another spelling: escapes, white space, the order of keys, the form of numbers.
/// It takes texts apart by itself, so that it does not repeat the errors of what it tests.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace musubi::test {

/// Random numbers that are the same in every run and on every machine.
class spelling_chance {
 public:
  explicit spelling_chance(std::uint64_t seed) : state_(seed) {}
  /// From 0 to `bound` - 1.
  std::size_t below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15U;  // splitmix64
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % bound);
  }
  bool one_in(std::size_t bound) { return below(bound) == 0; }

 private:
  std::uint64_t state_;
};

/// A JSON value, taken apart as far as spelling goes.
struct spelt {
  enum class kind : std::uint8_t { scalar, string, array, object };
  kind what = kind::scalar;
  std::string text;               ///< of a scalar; of a string, decoded, as UTF-8
  std::vector<spelt> items;       ///< elements, or the values of members
  std::vector<std::string> keys;  ///< decoded; as many as items
};

namespace detail {

class spelling_parser {
 public:
  explicit spelling_parser(std::string_view text) : left_(text) {}

  /// Nothing when the text is not JSON, or nested deeper than a test needs.
  std::optional<spelt> whole() {
    spelt made;
    if (!value(made, 0)) return {};
    space();
    return left_.empty() ? std::optional(std::move(made)) : std::nullopt;
  }

 private:
  static constexpr int deepest = 100;

  void space() { left_.remove_prefix(std::min(left_.find_first_not_of(" \t\r\n"), left_.size())); }
  bool take(char byte) {
    space();
    if (left_.empty() || left_.front() != byte) return false;
    left_.remove_prefix(1);
    return true;
  }
  bool value(spelt& into, int depth) {
    space();
    if (left_.empty() || depth > deepest) return false;
    if (left_.front() == '"') {
      into.what = spelt::kind::string;
      return string(into.text);
    }
    if (left_.front() == '{' || left_.front() == '[') return container(into, depth);
    const std::size_t end = std::min(left_.find_first_of(" \t\r\n,]}"), left_.size());
    into.text = left_.substr(0, end);
    left_.remove_prefix(end);
    return is_scalar(into.text);
  }
  bool container(spelt& into, int depth) {
    const bool object = take('{');
    if (!object) (void)take('[');
    into.what = object ? spelt::kind::object : spelt::kind::array;
    const char close = object ? '}' : ']';
    if (take(close)) return true;
    do {
      if (object) {
        space();
        if (!string(into.keys.emplace_back()) || !take(':')) return false;
      }
      if (!value(into.items.emplace_back(), depth + 1)) return false;
    } while (take(','));
    return take(close);
  }
  static bool is_scalar(std::string_view text) {
    if (text == "true" || text == "false" || text == "null") return true;
    const auto digits = [&text] {
      const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
      text.remove_prefix(end);
      return end != 0;
    };
    const auto taken = [&text](std::string_view any) {
      const bool there = !text.empty() && any.find(text.front()) != std::string_view::npos;
      if (there) text.remove_prefix(1);
      return there;
    };
    (void)taken("-");
    if (!taken("0") && !digits()) return false;
    if (taken(".") && !digits()) return false;
    if (taken("eE")) {
      (void)taken("+-");
      if (!digits()) return false;
    }
    return text.empty();
  }
  std::optional<unsigned> unit() {
    if (left_.size() < 6 || left_[0] != '\\' || left_[1] != 'u') return {};
    unsigned code = 0;
    for (const char c : left_.substr(2, 4)) {
      constexpr std::string_view digits = "0123456789abcdef";
      const std::size_t digit = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) return {};
      code = code * 16 + static_cast<unsigned>(digit);
    }
    left_.remove_prefix(6);
    return code;
  }
  static void append(std::string& to, std::uint32_t code) {
    const auto put = [&to](std::uint32_t byte) { to += static_cast<char>(byte); };
    if (code < 0x80) return put(code);
    if (code >= 0x10000) {
      put(0xF0U | code >> 18U);
      put(0x80U | (code >> 12U & 0x3FU));
    } else if (code >= 0x800) {
      put(0xE0U | code >> 12U);
    }
    if (code < 0x800) {
      put(0xC0U | code >> 6U);
    } else {
      put(0x80U | (code >> 6U & 0x3FU));
    }
    put(0x80U | (code & 0x3FU));
  }
  bool string(std::string& into) {
    if (!take('"')) return false;
    while (!left_.empty() && left_.front() != '"') {
      if (left_.front() != '\\') {
        if (static_cast<unsigned char>(left_.front()) < 0x20) return false;
        into += left_.front();
        left_.remove_prefix(1);
        continue;
      }
      if (left_.size() < 2) return false;
      if (left_[1] == 'u') {
        const auto first = unit();
        if (!first || (*first >= 0xDC00 && *first <= 0xDFFF)) return false;
        std::uint32_t code = *first;
        if (code >= 0xD800 && code < 0xDC00) {
          const auto second = unit();
          if (!second || *second < 0xDC00 || *second > 0xDFFF) return false;
          code = 0x10000U + ((code - 0xD800U) << 10U) + (*second - 0xDC00U);
        }
        append(into, code);
        continue;
      }
      constexpr std::string_view letters = "\"\\/bfnrt";
      constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
      const std::size_t which = letters.find(left_[1]);
      if (which == std::string_view::npos) return false;
      into += meant[which];
      left_.remove_prefix(2);
    }
    return take('"');
  }

  std::string_view left_;
};

class speller {
 public:
  speller(spelling_chance& chance, bool plain) : chance_(chance), plain_(plain) {}

  void write(const spelt& from) {
    switch (from.what) {
      case spelt::kind::scalar:
        return scalar(from.text);
      case spelt::kind::string:
        return string(from.text);
      case spelt::kind::array:
      case spelt::kind::object:
        return container(from);
    }
  }
  std::string text;

 private:
  void space() {
    if (plain_) return;
    while (chance_.one_in(4)) text += " \t\r\n"[chance_.below(4)];
  }
  void container(const spelt& from) {
    const bool object = from.what == spelt::kind::object;
    std::vector<std::size_t> order(from.items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (object && !plain_) {
      for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[chance_.below(i)]);
    }
    text += object ? '{' : '[';
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i != 0) text += ',';
      space();
      if (object) {
        string(from.keys[order[i]]);
        space();
        text += ':';
        space();
      }
      write(from.items[order[i]]);
      space();
    }
    text += object ? '}' : ']';
  }
  void scalar(const std::string& from) {
    const bool whole = from.find_first_not_of("-0123456789") == std::string::npos;
    if (plain_ || !whole || from.size() > 40) {
      text += from;
    } else {
      constexpr std::string_view behind[] = {"", "", "", "", ".0", "e0", "E+0", ".00e-0", "0e-1"};
      const std::string_view tail = behind[chance_.below(std::size(behind))];
      text += from;
      if (tail != "0e-1" || (from != "0" && from != "-0")) text += tail;
    }
  }
  void unit(unsigned code) {
    const std::string_view digits = chance_.one_in(2) ? "0123456789abcdef" : "0123456789ABCDEF";
    text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) text += digits[code >> shift & 15U];
  }
  void string(const std::string& from) {
    text += '"';
    const bool escape_much = !plain_ && chance_.one_in(2);
    for (std::size_t at = 0; at < from.size();) {
      const auto lead = static_cast<unsigned char>(from[at]);
      const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      character(from.substr(at, size), escape_much);
      at += size;
    }
    text += '"';
  }
  void character(const std::string& bytes, bool escape_much) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const std::size_t which = bytes.size() == 1 ? meant.find(bytes[0]) : std::string_view::npos;
    const bool must = lead < 0x20 || lead == '"' || lead == '\\';
    if (!must && (plain_ || !(escape_much || chance_.one_in(8)))) {
      text += bytes;
      return;
    }
    if (which != std::string_view::npos && (plain_ || chance_.one_in(2))) {
      text += '\\';
      text += "\"\\/bfnrt"[which];
      return;
    }
    std::uint32_t code = bytes.size() == 1 ? lead : lead & (0xFFU >> (bytes.size() + 1));
    for (std::size_t i = 1; i < bytes.size(); ++i) {
      code = code << 6U | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
    }
    if (code < 0x10000) return unit(code);
    unit(0xD800U + ((code - 0x10000U) >> 10U));
    unit(0xDC00U + ((code - 0x10000U) & 0x3FFU));
  }

  spelling_chance& chance_;
  bool plain_;
};

}  // namespace detail

/// Takes `json` apart; nothing when it is not JSON.
[[nodiscard]] inline std::optional<spelt> parse_spelling(std::string_view json) {
  return detail::spelling_parser(json).whole();
}
/// Spells `value` in a way that `chance` picks.
[[nodiscard]] inline std::string spell(const spelt& value, spelling_chance& chance) {
  detail::speller made(chance, false);
  made.write(value);
  return std::move(made.text);
}
/// Spells `value` in the shortest way.
[[nodiscard]] inline std::string spell_plainly(const spelt& value) {
  spelling_chance none(0);
  detail::speller made(none, true);
  made.write(value);
  return std::move(made.text);
}
/// The JSON text `json` in another spelling; as it is when it is not JSON.
[[nodiscard]] inline std::string respelt(std::string_view json, spelling_chance& chance) {
  const std::optional<spelt> value = parse_spelling(json);
  return value ? spell(*value, chance) : std::string(json);
}

}  // namespace musubi::test
