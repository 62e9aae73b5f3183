#pragma once
/// Comparison with a literal.

#include <cstddef>
#include <string_view>

#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

namespace detail {
bool same_text(const char* text, std::size_t size, const char* literal) noexcept;
}  // namespace detail

/// `text == literal`. Where flash is little it is a call with three registers: two views would go
/// over the stack.
[[nodiscard]] inline bool same_text(std::string_view text, const char* literal) noexcept {
  if constexpr (short_ways) return text == std::string_view(literal);
  return detail::same_text(text.data(), text.size(), literal);
}

}  // namespace musubi
