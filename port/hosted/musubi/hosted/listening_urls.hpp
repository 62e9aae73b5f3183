#pragma once
/// The URLs at which a browser reaches a host.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/hosted/listening_addresses.hpp>
#include <musubi/net/http/url_scheme.hpp>

namespace musubi::hosted {

/// One for each of the `listening_addresses` of a host. For a Unix socket: "unix:" and its path.
class listening_urls {
 public:
  listening_urls(std::string_view bind, std::uint16_t port,
                 net::url_scheme scheme = net::url_scheme::http) noexcept;
  explicit listening_urls(std::string_view unix_path) noexcept;
  listening_urls(const listening_urls&) = delete;
  listening_urls& operator=(const listening_urls&) = delete;

  [[nodiscard]] std::span<const std::string_view> view() const noexcept { return {views_, count_}; }

 private:
  void add(std::string_view url) noexcept;

  std::size_t count_ = 0;
  std::string_view views_[listening_addresses::most];
  text<128> texts_[listening_addresses::most];
};

}  // namespace musubi::hosted
