#pragma once
/// The address that a request comes from.

#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/trusted_proxies.hpp>
#include <musubi/net/stream.hpp>

namespace musubi {

/// Whom a request comes from. The stream is asked only when somebody wants to know, and once: a
/// system call answers it.
class request_sender {
 public:
  /// "[2001:db8:...:7]:51234" is 47 at most.
  static constexpr std::size_t room_bytes = 64;

  /// `room` has `room_bytes`, and is left alone as long as this is used.
  request_sender(const net::stream& stream, const net::http::trusted_proxies& proxies,
                 const net::http::head& request, std::span<char> room) noexcept
      : stream_(&stream), proxies_(&proxies), request_(&request), room_(room) {}

  /// Address of the other end of the stream; behind a proxy, the proxy's.
  [[nodiscard]] std::string_view peer() const noexcept {
    if (room_.size() == room_bytes) room_ = room_.first(stream_->peer(room_.first(room_bytes - 1)));
    return {room_.data(), room_.size()};
  }
  /// Address of the client that a trusted proxy speaks for; else as `peer`.
  [[nodiscard]] std::string_view client() const noexcept {
    return proxies_->client(*request_, peer());
  }

 private:
  const net::stream* stream_;
  const net::http::trusted_proxies* proxies_;
  const net::http::head* request_;
  mutable std::span<char> room_;  // `room_bytes` long until the stream was asked
};

}  // namespace musubi
