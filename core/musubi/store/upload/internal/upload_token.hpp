#pragma once
/// Tokens with which a browser may send a file: unforgeable, and good for that file alone.

#include <array>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/net/internal/base64.hpp>
#include <musubi/net/internal/hmac.hpp>

namespace musubi {

/// What a token stands for (contract section 10.3). It is not in the token: the host has it.
struct upload_grant {
  std::string_view module;  ///< of the root
  std::string_view id;
  std::string_view store_id;
  std::string_view name;  ///< of the upload
  std::string_view ref;   ///< of the file
  std::uint64_t client_size;
  std::uint64_t max_file_size;
  std::uint32_t chunk_size;
  duration chunk_timeout;
  time_point expires;
};

/// A tag of HMAC-SHA256, as base64url.
using upload_token = std::array<char, net::encoded_base64url_size(sizeof(net::hmac_tag))>;

[[nodiscard]] upload_token sign(const net::hmac_key& key, const upload_grant& grant) noexcept;

/// Whether `token` was signed with `key` for exactly this grant. Expiry is the caller's business.
[[nodiscard]] bool token_matches(std::string_view token, const net::hmac_key& key,
                                 const upload_grant& grant) noexcept;

}  // namespace musubi
