#pragma once

#include <musubi/host/further_metrics.hpp>
#include <musubi/net/tls/counters.hpp>

namespace musubi::tls {

/// The metrics of what makes the TLS of a host: its counters, its pools, and the memory of its
/// library, which `memory` reads.
class tls_metrics final : public further_metrics {
 public:
  tls_metrics(const counters& counted, const pool_metrics& connections,
              const pool_metrics& handshakes, pool_metrics (*memory)() noexcept) noexcept
      : counted_(counted), connections_(connections), handshakes_(handshakes), memory_(memory) {}

  [[nodiscard]] bool pool(std::size_t index, pool_metrics& into) const noexcept override;
  [[nodiscard]] std::size_t write_sample(std::size_t index,
                                         std::span<char> into) const noexcept override;

 private:
  const counters& counted_;
  const pool_metrics& connections_;
  const pool_metrics& handshakes_;
  pool_metrics (*memory_)() noexcept;
};

}  // namespace musubi::tls
