#pragma once
/// What the uploads of one host share.

#include <array>
#include <cstddef>
#include <cstdint>

#include <musubi/async/clock.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/net/internal/hmac.hpp>
#include <musubi/net/port.hpp>

namespace musubi {

/// Exists only where some store takes files.
struct upload_services {
  /// How long a file that was accepted may be waited for (contract section 10.3).
  static constexpr duration token_lifetime = std::chrono::seconds(600);
  /// Least time between two tellings of one file's progress (contract section 10.3).
  static constexpr duration progress_interval = std::chrono::milliseconds(100);

  block_pool* files;          ///< a block for each, cut as follows
  std::size_t meta_bytes;     ///< the answer of `upload_external`
  std::size_t line_bytes;     ///< the host's side of the sub-channel
  std::uint32_t name_bytes;   ///< the file's name and type
  std::uint32_t chunk_bytes;  ///< largest chunk that a message can bring
  std::uint16_t per_page;     ///< most files of one page
  net::port* port;            ///< for its entropy
  net::hmac_key key{};        ///< what tokens are signed with
  bool has_key = false;       ///< it is drawn when the first token is made
};

}  // namespace musubi
