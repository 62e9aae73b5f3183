#pragma once

#include <musubi/host/further_metrics.hpp>

namespace musubi::tls {

class guard;

/// The metrics of a guard, and of the memory that OpenSSL has.
class guard_metrics final : public further_metrics {
 public:
  explicit guard_metrics(const guard& whose) noexcept : guard_(whose) {}

  [[nodiscard]] bool pool(std::size_t index, pool_metrics& into) const noexcept override;
  [[nodiscard]] std::size_t write_sample(std::size_t index,
                                         std::span<char> into) const noexcept override;

 private:
  const guard& guard_;
};

}  // namespace musubi::tls
