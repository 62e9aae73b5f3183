#pragma once
/// What a host's TLS and a client's have in common.

#include <cstddef>
#include <cstdint>
#include <string>

#include <musubi/async/clock.hpp>

struct ssl_ctx_st;

namespace musubi::tls {

/// The protocol inside, as ALPN spells it.
inline constexpr unsigned char http_1_1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// Plain text of the largest record.
inline constexpr std::size_t record_bytes = 16384;
/// Read from the network in one call of OpenSSL's, so that messages without content (KeyUpdate)
/// cannot keep it from returning.
inline constexpr std::uint32_t bytes_per_call = 65536;
/// How long what a closed stream has written may wait for its peer to read.
inline constexpr duration linger = std::chrono::seconds(2);

/// Versions, ciphers, groups, and how memory is used. False if OpenSSL refuses them.
[[nodiscard]] bool use_common_settings(ssl_ctx_st& context) noexcept;

/// "tls: FILE: …", from OpenSSL's latest error.
[[nodiscard]] std::string why_not_usable(const std::string& file);

}  // namespace musubi::tls
