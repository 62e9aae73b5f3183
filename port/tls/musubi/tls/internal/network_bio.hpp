#pragma once

#include <cstddef>
#include <span>

#include <musubi/net/stream.hpp>

struct ssl_st;

namespace musubi::tls {

/// What OpenSSL takes for the network.
class network_side {
 public:
  virtual net::io_result from_network(std::span<std::byte> into) noexcept = 0;
  virtual net::io_result to_network(std::span<const std::byte> from) noexcept = 0;

 protected:
  ~network_side() = default;
};

/// Makes OpenSSL read from and write to `with`. Returns false when out of memory.
[[nodiscard]] bool use_network(ssl_st& connection, network_side& with) noexcept;

}  // namespace musubi::tls
