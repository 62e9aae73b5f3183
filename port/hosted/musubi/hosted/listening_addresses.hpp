#pragma once
/// The addresses at which other programs reach a host.

#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace musubi::hosted {

/// The IP addresses of a host that listens at `bind`, without port or brackets. For a wildcard
/// address ("0.0.0.0", "::", "*"): the current IPv4 addresses of the interfaces, at most 8.
class listening_addresses {
 public:
  static constexpr std::size_t most = 8;

  explicit listening_addresses(std::string_view bind) noexcept;
  listening_addresses(const listening_addresses&) = delete;
  listening_addresses& operator=(const listening_addresses&) = delete;

  [[nodiscard]] std::span<const std::string_view> view() const noexcept { return {views_, count_}; }

 private:
  void add(std::string_view address) noexcept;
  void add_own() noexcept;

  std::size_t count_ = 0;
  std::string_view views_[most];
  text<64> texts_[most];
};

}  // namespace musubi::hosted
