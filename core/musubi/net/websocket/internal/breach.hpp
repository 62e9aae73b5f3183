#pragma once

#include <cstdint>

#include <musubi/memory/internal/line_table.hpp>

namespace musubi::net::websocket {

/// Why a peer's frames end the connection.
enum class breach : std::uint8_t {
  none,
  reserved_bit,
  reserved_opcode,
  fragmented_control,
  unmasked,
  long_control,
  impossible_length,
  longer_length,
  no_message,
  inside_message,
  too_big,
  not_utf8,
  decoder,
  short_code,
  invalid_code,
  reason_not_utf8,
  masked,  ///< the server's; a client has a sentence of its own for it
};

/// The close code, and a sentence that is fit to be sent as the close reason.
[[nodiscard]] table_line line_of(breach why) noexcept;

}  // namespace musubi::net::websocket
