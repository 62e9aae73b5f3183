#pragma once
/// What a host's TLS and a client's have in common.

#include <string>

struct ssl_ctx_st;

namespace musubi::tls {

/// The protocol inside, as ALPN spells it.
inline constexpr unsigned char http_1_1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// Versions, ciphers, groups, and how memory is used. False if OpenSSL refuses them.
[[nodiscard]] bool use_common_settings(ssl_ctx_st& context) noexcept;

/// "tls: FILE: …", from OpenSSL's latest error.
[[nodiscard]] std::string why_not_usable(const std::string& file);

}  // namespace musubi::tls
