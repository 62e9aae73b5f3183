#pragma once
/// TLS for the connections that a program opens, over those of any port.
///
///   remote_server <--> client_stream (OpenSSL) <--> port's stream
///
///     tls::trust trusted;
///     if (const std::string wrong = trusted.load("ca.crt"); !wrong.empty()) ...
///     tls::connector secure(loop, network, trusted, "cellar.local");

#include <memory>
#include <string>
#include <string_view>

#include <musubi/async/runtime.hpp>
#include <musubi/net/connector.hpp>
#include <musubi/tls/trust.hpp>

namespace musubi::tls {

class client_stream;

/// Opens streams with TLS, one at a time. A server whose certificate is not signed by a trusted
/// authority, or not for `name`, is not spoken to. The constructor allocates all memory but
/// OpenSSL's own (`memory::reserve`). Host's thread only.
class connector final : public net::connector {
 public:
  /// `name` is that of the server, as in its URL: a name or an IP address. `trusted` is loaded. The
  /// others must outlive this object, and its stream must be closed before.
  connector(runtime& loop, net::connector& network, const trust& trusted, std::string name);
  ~connector();
  connector(const connector&) = delete;
  connector& operator=(const connector&) = delete;

  [[nodiscard]] net::stream* open() noexcept override;
  void entropy(std::span<std::byte> into) noexcept override { network_.entropy(into); }
  [[nodiscard]] std::string_view why() const noexcept override;

 private:
  net::connector& network_;
  std::unique_ptr<client_stream> stream_;
};

}  // namespace musubi::tls
