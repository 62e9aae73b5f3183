#pragma once
/// Where a host listens, and how others get there.

#include <cstdint>
#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/net/http/url_scheme.hpp>

namespace musubi::hosted {

/// Wants to know by which name others find this machine, when it is not the machine's own.
class found_by_name {
 public:
  /// It is found as `name`, "cellar-2.local", instead of what it was told before. Call from one
  /// thread, which may have to wait for files to be read and written.
  virtual void is_found_as(std::string_view name) noexcept = 0;

 protected:
  ~found_by_name() = default;
};

/// Where a host listens. The views must outlive it.
struct listening_place {
  /// IP address; "0.0.0.0", "::" or "*": all of this machine's. Not used with a `unix_path`.
  std::string_view bind = {};
  std::uint16_t port = 0;  ///< 0: it does not listen
  net::url_scheme scheme = net::url_scheme::http;
  std::string_view unix_path = {};   ///< path of a Unix socket
  found_by_name* of_name = nullptr;  ///< the host, if it wants to be told; outlives this

  /// Whether other machines can connect, as far as this one knows.
  [[nodiscard]] bool is_reachable() const noexcept;
};

/// The URL that a phone on the same network opens: with the address of the interface that leads to
/// other networks, if the host listens on all of them. Empty if no other machine can connect.
[[nodiscard]] text<128> url_to_open(const listening_place& host) noexcept;

}  // namespace musubi::hosted
