#pragma once
/// The addresses at which a browser reaches a host.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace musubi::hosted {

/// The URLs of a host that listens at one address and port. For a wildcard address ("0.0.0.0",
/// "::", "*"): the current IPv4 addresses of the interfaces, at most 8. For a Unix socket: "unix:"
/// and its path.
class listening_addresses {
 public:
  /// With `tls`, URLs of https.
  listening_addresses(std::string_view bind, std::uint16_t port, bool tls = false) noexcept;
  explicit listening_addresses(std::string_view unix_path) noexcept;
  listening_addresses(const listening_addresses&) = delete;
  listening_addresses& operator=(const listening_addresses&) = delete;

  [[nodiscard]] std::span<const std::string_view> view() const noexcept { return {views_, count_}; }

 private:
  static constexpr std::size_t most = 8;
  void add(std::string_view url) noexcept;
  void add_at(std::string_view address, std::uint16_t port) noexcept;
  void add_own(std::uint16_t port) noexcept;

  bool tls_ = false;

  std::size_t count_ = 0;
  std::string_view views_[most];
  text<128> texts_[most];
};

}  // namespace musubi::hosted
