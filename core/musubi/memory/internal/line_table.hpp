#pragma once
/// Tables of short texts that are one text each: without an address and a size for every entry, and
/// with a byte in place of both where one is named. To find an entry takes a scan, so they are for
/// what is rare.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <musubi/memory/internal/left_out.hpp>

namespace musubi {

/// A line of a table: a number, a blank, a text, and a line feed: "404 Not Found\n".
struct table_line {
  std::uint16_t number = 0;
  std::string_view text = {};
};

/// The line at `index`; empty behind the last.
[[nodiscard]] table_line line_at(std::string_view table, std::size_t index) noexcept;
/// How many lines `table` has.
[[nodiscard]] constexpr std::size_t lines_of(std::string_view table) noexcept {
  return static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
}

namespace detail {
/// The numbers of `table`, with empty texts.
template <const std::string_view& table>
inline constexpr auto bare_lines = [] {
  std::array<char, table.size()> made{};
  std::size_t size = 0;
  bool in_text = false;
  for (const char c : table) {
    if (!in_text || c == '\n') made[size++] = c;
    in_text = c != '\n' && (in_text || c == ' ');
  }
  return std::pair(made, size);
}();
template <const std::string_view& table>
inline constexpr auto bare_table = [] {
  std::array<char, bare_lines<table>.second> made{};
  std::copy_n(bare_lines<table>.first.begin(), made.size(), made.begin());
  return made;
}();
}  // namespace detail

/// `table`, whose texts are for people: without them where reasons are left out.
template <const std::string_view& table>
inline constexpr std::string_view reasons = [] {
  if constexpr (writes_reasons) {
    return table;
  } else {
    return std::string_view(detail::bare_table<table>.data(), detail::bare_table<table>.size());
  }
}();

/// Takes the first word of `words` away, and the blank behind it.
constexpr std::string_view take_word(std::string_view& words) noexcept {
  std::size_t end = 0;
  while (end != words.size() && words[end] != ' ') ++end;
  const std::string_view word(words.data(), end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

}  // namespace musubi
