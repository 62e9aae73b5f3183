#pragma once
/// A strict in-place JSON reader: checks the grammar as it goes, copies nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <musubi/json/internal/exactly.hpp>
#include <musubi/json/internal/string_token.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::json {

/// Why a text cannot be used.
enum class read_problem : std::uint8_t {
  none,
  malformed,       ///< not JSON
  half_character,  ///< an escape for half of a surrogate pair, which no string can contain
  too_deep,        ///< nested deeper than `reader::max_depth`
  long_number,     ///< a number of more than `reader::max_number_bytes`
};

/// What was expected instead, for an error reply.
[[nodiscard]] std::string_view expected_instead_of(read_problem problem) noexcept;

/// The kind of the next value.
enum class value_kind : std::uint8_t { none, null, boolean, number, string, array, object };

/// The members of an object, noted while it was read, so that it need not be searched again.
struct outline {
  /// An object with more members cannot be searched with this. Small, because it is on the stack
  /// while a message is read.
  static constexpr std::size_t most = short_ways ? 4 : 0;
  struct member {
    string_token key;
    std::string_view value;  ///< its text
  };
  std::array<member, most> members;
  std::size_t count = 0;  ///< number of all members, including those without room
  bool whole = false;     ///< an object was read, and all of its members are here
  /// The members are the parts that the receiver expects, in its order; keys are not noted.
  bool arranged = false;
};

/// Reads one JSON text (RFC 8259) value by value. Each function that reads something returns false,
/// or nothing, when something else is there; `problem()` distinguishes invalid JSON from a value of
/// another kind. A view: the text must outlive it.
///
///     json::reader from(R"({"celsius":21})");
///     from.members([&](const json::string_token& key) {
///       return key == "celsius" ? take(from.integer()) : from.skip();
///     });
class reader {
 public:
  /// Deepest accepted nesting. Nesting uses no stack.
  static constexpr int max_depth = 64;
  /// Longest accepted number. Any double can be written in 25 bytes.
  static constexpr std::ptrdiff_t max_number_bytes = 63;

  explicit reader(std::string_view text) noexcept
      : at_(text.data()), end_(text.data() + text.size()) {}

  /// The kind of the next value, by its first byte.
  [[nodiscard]] value_kind next() noexcept;

  [[nodiscard]] bool null() noexcept { return next() == value_kind::null && word("null"); }
  [[nodiscard]] std::optional<bool> boolean() noexcept;
  /// The nearest double.
  [[nodiscard]] std::optional<double> number() noexcept;
  /// Reads an integer that a double represents uniquely (|n| < 2^53: a safe integer in JavaScript),
  /// however it is written: 100, 1e2 and 100.0 are the same value. Returns nothing for any other
  /// number, which is consumed nevertheless. With `decimals`, the same of the number times
  /// 10^`decimals`.
  [[nodiscard]] std::optional<std::int64_t> integer(int decimals = 0) noexcept;
  /// Takes a whole number of at most fifteen digits, as nearly all are written; false, and nothing
  /// is taken, when something else stands there: ask `integer`.
  [[nodiscard]] bool short_integer(std::int64_t& into) noexcept {
    const char* at = at_;
    const bool negative = at != end_ && *at == '-';
    if (negative) ++at;
    const char* const first = at;
    std::int64_t value = 0;
    for (; at != end_ && *at >= '0' && *at <= '9'; ++at) {
      if (at - first == 15) return false;
      value = value * 10 + (*at - '0');
    }
    if (at == first || (*first == '0' && at - first != 1)) return false;
    if (at != end_ && *at != ',' && *at != '}' && *at != ']') return false;
    into = negative ? -value : value;
    at_ = at;
    return true;
  }
  [[nodiscard]] std::optional<string_token> string() noexcept;
  [[nodiscard]] bool string(string_token& into) noexcept { return at_quote() && quoted(into); }
  /// Reads an object: calls `member(const string_token& key)` for each member, which must read the
  /// value and return true to go on.
  template <class Member>
  bool members(Member&& member) noexcept {
    if (!take('{')) return false;
    if (take('}')) return true;
    string_token name;
    do {
      if (!key(name) || !member(std::as_const(name))) return false;
    } while (take(','));
    return take('}') || fail(read_problem::malformed);
  }
  /// Reads an array: calls `element()` for each element, which must read it and return true to go
  /// on.
  template <class Element>
  bool elements(Element&& element) noexcept {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!element()) return false;
    } while (take(','));
    return take(']') || fail(read_problem::malformed);
  }
  /// Reads a value of any kind.
  bool skip() noexcept { return walk(nullptr); }
  /// The same; returns its text without surrounding white space, or an empty view if there is none.
  [[nodiscard]] std::string_view raw() noexcept;
  /// The same, and notes the members if the value is an object.
  [[nodiscard]] std::string_view raw(outline& parts) noexcept;

  /// Skips white space, then `byte`. Returns false, having skipped only the space, when another
  /// byte follows.
  bool take(char byte) noexcept {
    if (at_ == end_) return false;
    if (*at_ == byte) {
      ++at_;
      return true;
    }
    return static_cast<unsigned char>(*at_) <= ' ' && take_behind_space(byte);
  }
  /// Takes exactly these bytes, without white space before them; false, and nothing is taken, when
  /// others stand there.
  [[nodiscard]] bool exactly(std::string_view bytes) noexcept {
    return take_exactly(at_, end_, bytes);
  }
  /// True when nothing but white space is left.
  [[nodiscard]] bool finished() noexcept {
    space();
    return at_ == end_;
  }
  /// The first problem; `none` as long as everything read is valid JSON.
  [[nodiscard]] read_problem problem() const noexcept { return problem_; }

 private:
  void space() noexcept {
    while (at_ != end_ && static_cast<unsigned char>(*at_) <= ' ' &&
           (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) {
      ++at_;
    }
  }
  [[gnu::noinline]] bool take_behind_space(char byte) noexcept;
  bool at_quote() noexcept {
    if (at_ != end_ && *at_ == '"') return true;
    space();
    return at_ != end_ && *at_ == '"';
  }
  bool fail(read_problem why) noexcept {
    if (problem_ == read_problem::none) problem_ = why;
    return false;
  }
  bool word(const char* expected) noexcept;
  bool escape() noexcept;
  // quoted() and number_text() are at the first byte of what they take
  bool quoted(string_token& into) noexcept {
    const char* const begin = at_ + 1;
    return closed(begin, begin, into) || escapes(begin, into);
  }
  bool closed(const char* begin, const char* at, string_token& into) noexcept;
  bool escapes(const char* begin, string_token& into) noexcept;
  [[nodiscard]] std::string_view number_text() noexcept;
  bool scalar() noexcept;
  bool walk(outline* parts) noexcept;
  bool key(string_token& into) noexcept;

  const char* at_;
  const char* end_;
  read_problem problem_ = read_problem::none;
};

/// The problem of `text` as one JSON value.
[[nodiscard]] read_problem problem_of(std::string_view text) noexcept;

/// True when `text` is one well-formed JSON value.
[[nodiscard]] inline bool well_formed(std::string_view text) noexcept {
  return problem_of(text) == read_problem::none;
}

}  // namespace musubi::json
