#pragma once

#include <cstddef>
#include <span>

namespace musubi::net::websocket {

/// Takes the mask off `payload` where it stands (RFC 6455 section 5.3), eight bytes at a time.
/// `mask` is the four bytes before it. True when every byte that came out is ASCII: such a text is
/// UTF-8, and nobody has to look at it again.
[[nodiscard]] bool unmask(std::span<std::byte> payload, const std::byte* mask) noexcept;

}  // namespace musubi::net::websocket
