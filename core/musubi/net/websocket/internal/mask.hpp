#pragma once

#include <cstddef>
#include <span>

namespace musubi::net::websocket {

/// Takes the mask off `payload` where it stands (RFC 6455 section 5.3), eight bytes at a time.
/// `mask` is the four bytes before it. True when every byte that came out is ASCII: such a text is
/// UTF-8, and nobody has to look at it again.
[[nodiscard]] bool unmask(std::span<std::byte> payload, const std::byte* mask) noexcept;

/// The same byte by byte: `size` bytes of a payload, from where they stand to `to`, which may be
/// the same place or one in front of it, even the mask's. They begin `at` bytes behind its first.
void unmask_to(std::byte* to, const std::byte* from, std::size_t size, const std::byte* mask,
               std::size_t at = 0) noexcept;

}  // namespace musubi::net::websocket
