#pragma once
/// Tables of short texts that are one text each: without an address and a size for every entry, and
/// with a byte in place of both where one is named. To find an entry takes a scan, so they are for
/// what is rare.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

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

/// Takes the first word of `words` away, and the blank behind it.
constexpr std::string_view take_word(std::string_view& words) noexcept {
  std::size_t end = 0;
  while (end != words.size() && words[end] != ' ') ++end;
  const std::string_view word(words.data(), end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

}  // namespace musubi
