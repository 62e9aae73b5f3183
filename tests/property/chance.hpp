#pragma once
/// Choices that follow from a seed alone, the same on every machine.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::property {

/// splitmix64: the distributions of the standard library differ between its implementations.
class chance {
 public:
  explicit constexpr chance(std::uint64_t seed) noexcept : state_(seed) {}

  constexpr std::uint64_t next() noexcept {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }
  /// From 0 to `end` - 1.
  constexpr std::size_t below(std::size_t end) noexcept { return next() % end; }
  constexpr std::int32_t from(std::int32_t least, std::int32_t most) noexcept {
    return least + static_cast<std::int32_t>(below(static_cast<std::size_t>(most - least) + 1));
  }
  constexpr bool in(std::size_t chances) noexcept { return below(chances) == 0; }
  template <class T, std::size_t N>
  constexpr const T& of(const T (&values)[N]) noexcept {
    return values[below(N)];
  }

 private:
  std::uint64_t state_;
};

/// Texts that have been trouble somewhere: escapes, UTF-8 of every length, what only looks special.
inline constexpr std::string_view texts[] = {
    "",     "plain",    "\"quoted\"",       "back\\slash",       "tab\tnew\nline",
    "\x01", "\x7f",     "</script>",        "\xc3\xa9t\xc3\xa9", "\xe6\x97\xa5\xe6\x9c\xac",
    "null", "0",        "\xf0\x9f\x90\xb1", "\xe2\x80\xa8",      "a/b~c",
    "~1",   "__proto__"};
/// Keys of dicts: what a JSON pointer has to escape, and what an object of JavaScript is born with.
inline constexpr std::string_view keys[] = {"a",   "b",  "a/b",       "~",  "~1",
                                            "",    "0",  "\xc3\xa9",  "\"", "constructor",
                                            "a b", "\\", "__musubi__"};
/// Ids of children.
inline constexpr std::string_view ids[] = {"a", "b", "c", "7", "\xc3\xa9", "q\"t", "a/b"};

}  // namespace musubi::property
