#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>

/// The client of a request that came through proxies.
namespace musubi::net::http {

/// The field in which a proxy sends its client's address. Only one of them is read: a proxy passes
/// the other on as its client sent it.
enum class forwarded_field : std::uint8_t {
  x_forwarded_for,  ///< sent by nginx, Caddy, HAProxy and Apache, by default or when configured
  forwarded,        ///< RFC 7239: the parameter `for`
};

/// The trusted proxies; none by default.
class trusted_proxies {
 public:
  constexpr trusted_proxies() noexcept = default;
  /// `addresses` must outlive this object: addresses ("192.0.2.1", "::1") and networks
  /// ("10.0.0.0/8", "fd00::/8") of proxies; "unix" is every client of a Unix socket.
  constexpr trusted_proxies(std::span<const std::string_view> addresses,
                            forwarded_field field = forwarded_field::x_forwarded_for) noexcept
      : addresses_(addresses), field_(field), code_(&all_code) {}

  /// True for the address of a trusted proxy, with or without a port.
  [[nodiscard]] bool trusts(std::string_view peer) const noexcept {
    return code_ != nullptr && code_->trusts(*this, peer);
  }
  /// The address of the client on whose behalf `peer` connects: the last one in the field that is
  /// not a trusted proxy's. Addresses before it were sent by the client and are not trusted.
  /// Returns `peer` itself if it is not a trusted proxy, or if the last trusted proxy does not know
  /// its client's address. The result is a view into `request` or `peer`, as sent.
  [[nodiscard]] std::string_view client(const head& request, std::string_view peer) const noexcept {
    return code_ == nullptr ? peer : code_->client(*this, request, peer);
  }
  /// The first address that is malformed; empty when there is none.
  [[nodiscard]] std::string_view malformed() const noexcept {
    return code_ == nullptr ? std::string_view() : code_->malformed(*this);
  }

 private:
  /// Behind a pointer, so that only a program that names proxies links the address parser.
  struct code {
    bool (*trusts)(const trusted_proxies& self, std::string_view peer) noexcept;
    std::string_view (*client)(const trusted_proxies& self, const head& request,
                               std::string_view peer) noexcept;
    std::string_view (*malformed)(const trusted_proxies& self) noexcept;
  };
  static const code all_code;

  std::span<const std::string_view> addresses_;
  [[maybe_unused]] forwarded_field field_ = forwarded_field::x_forwarded_for;  // by `all_code`
  const code* code_ = nullptr;
};

}  // namespace musubi::net::http
