#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace musubi::tls {

/// Writes the answer to a plain HTTP request, once `received` holds its whole head: a redirect to
/// the same address with https, the `authority` (PEM) for `/ca.crt`, or 400. Returns its size, 0
/// while the head is incomplete.
[[nodiscard]] std::size_t write_plain_answer(std::string_view received, std::string_view authority,
                                             std::span<char> into) noexcept;

}  // namespace musubi::tls
