#pragma once
/// A strict reading of JSON text in place: checks the grammar while it goes, copies nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <musubi/json/string_token.hpp>
#include <musubi/memory/short_ways.hpp>

namespace musubi::json {

/// Why a text cannot be used.
enum class read_problem : std::uint8_t {
  none,
  malformed,       ///< not JSON
  half_character,  ///< an escape that is half of a surrogate pair: no string can hold it
  too_deep,        ///< nested deeper than `reader::max_depth`
  long_number,     ///< a number of more than `reader::max_number_bytes`
};

/// What a text with this problem should have been, for an error reply.
[[nodiscard]] std::string_view expected_instead_of(read_problem problem) noexcept;

/// What kind of value comes next.
enum class value_kind : std::uint8_t { none, null, boolean, number, string, array, object };

/// The members of an object, noted while it was read, so that nobody has to look for them again.
struct outline {
  /// Of an object with more, nobody can be told by this. It is on the stack of who reads a message.
  static constexpr std::size_t most = short_ways ? 4 : 0;
  struct member {
    string_token key;
    std::string_view value;  ///< its text
  };
  std::array<member, most> members;
  std::size_t count = 0;  ///< of all members, also of those there is no room for
  bool whole = false;     ///< an object was read, and these are all of its members
};

/// Takes one JSON text (RFC 8259) apart, value by value. Every function that takes something
/// answers false, or nothing, when something else stands there; `problem()` tells text that is not
/// JSON from a value of another kind. A view: the text outlives it.
///
///     json::reader from(R"({"celsius":21})");
///     from.members([&](const json::string_token& key) {
///       return key == "celsius" ? take(from.integer()) : from.skip();
///     });
class reader {
 public:
  /// Deepest nesting that is accepted. It costs no stack.
  static constexpr int max_depth = 64;
  /// Longest number that is accepted. Any double can be written in 25 bytes.
  static constexpr std::ptrdiff_t max_number_bytes = 63;

  explicit reader(std::string_view text) noexcept
      : at_(text.data()), end_(text.data() + text.size()) {}

  /// What comes next, judged by its first byte.
  [[nodiscard]] value_kind next() noexcept;

  [[nodiscard]] bool null() noexcept { return next() == value_kind::null && word("null"); }
  [[nodiscard]] std::optional<bool> boolean() noexcept;
  /// The nearest double.
  [[nodiscard]] std::optional<double> number() noexcept;
  /// A whole number that no other one becomes when it passes through a double (|n| < 2^53: what
  /// JavaScript calls a safe integer), however it is written: 100, 1e2 and 100.0 are one value.
  /// Nothing for another number, which is taken nevertheless.
  [[nodiscard]] std::optional<std::int64_t> integer() noexcept;
  [[nodiscard]] std::optional<string_token> string() noexcept;
  [[nodiscard]] bool string(string_token& into) noexcept { return at_quote() && quoted(into); }
  /// Takes an object: calls `member(const string_token& key)` for each of its members, which takes
  /// the value and answers true to go on.
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
  /// Takes an array: calls `element()` for each of its elements, which takes it and answers true to
  /// go on.
  template <class Element>
  bool elements(Element&& element) noexcept {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!element()) return false;
    } while (take(','));
    return take(']') || fail(read_problem::malformed);
  }
  /// Takes a value of any kind.
  bool skip() noexcept { return walk(nullptr); }
  /// The same; answers its text, without the white space around it. Empty when there is none.
  [[nodiscard]] std::string_view raw() noexcept;
  /// The same of an object, of which the members are noted as well. Of any other value there are
  /// none.
  [[nodiscard]] std::string_view raw(outline& parts) noexcept;

  /// Skips white space, then `byte`; false, and only the space is skipped, when another stands
  /// there.
  bool take(char byte) noexcept {
    if (at_ == end_) return false;
    if (*at_ == byte) {
      ++at_;
      return true;
    }
    return static_cast<unsigned char>(*at_) <= ' ' && take_behind_space(byte);
  }
  /// True when nothing but white space is left.
  [[nodiscard]] bool finished() noexcept {
    space();
    return at_ == end_;
  }
  /// The first problem met; `none` while all that was taken is JSON.
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
  bool word(std::string_view expected) noexcept;
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

/// What is wrong with `text` as one JSON value.
[[nodiscard]] read_problem problem_of(std::string_view text) noexcept;

/// True when `text` is one well-formed JSON value.
[[nodiscard]] inline bool well_formed(std::string_view text) noexcept {
  return problem_of(text) == read_problem::none;
}

}  // namespace musubi::json
