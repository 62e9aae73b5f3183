#pragma once
/// A host over BSD sockets, within memory that is there from the start.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/musubi.hpp>
#include <musubi/net/host_url.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/posix/loop.hpp>

namespace musubi::posix {

/// What a host is made with; every member has a default.
struct options {
  /// Address to listen on; the default is reached from this machine only. A device says
  /// `everywhere`. Read by the constructor alone.
  std::string_view bind = "127.0.0.1";
  std::uint16_t port = 4000;
  /// Paths, origins and the like.
  host_options serve = {};
  /// Where random bytes come from; the system's, where it has any. A system without needs one here.
  entropy_source entropy = sys::entropy;
};

/// Hosts the roots of `Socket` in memory that it is given: sized when the program starts.
/// Its `stop` may come from a signal handler too.
template <class Socket>
class host_in : public single_host_facade<host_in<Socket>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

 public:
  /// Bytes that `sizes` need.
  [[nodiscard]] static constexpr std::size_t bytes(const limits& sizes,
                                                   const options& chosen = {}) noexcept {
    return host_bytes(sizes, chosen) + loop::bytes(streams(sizes));
  }

  /// `memory` has at least `bytes(sizes, chosen)` bytes, aligned for anything, and outlives the
  /// host.
  host_in(const limits& sizes, std::span<std::byte> memory, const options& chosen = {}) noexcept {
    this->has_problem(start(sizes, memory, chosen));
  }

  /// The port it got, should 0 have been asked for.
  [[nodiscard]] std::uint16_t port() const noexcept { return loop_ ? loop_->port() : 0; }
  /// Only without a problem.
  [[nodiscard]] loop& events() noexcept { return *loop_; }

 private:
  friend host_facade<host_in>;
  friend single_host_facade<host_in>;

  [[nodiscard]] auto* first_host() noexcept { return &*typed_; }
  void announce() noexcept {
#if defined(MUSUBI_TELEMETRY)
    if (telemetry* const to = typed_->core().listener()) {
      const std::string_view addresses[] = {url_};
      to->on_listening({addresses});
    }
#endif
  }
  /// Makes all that serves. Answers with why it cannot, or nothing.
  [[nodiscard]] std::string_view start(const limits& sizes, std::span<std::byte> memory,
                                       const options& chosen) noexcept {
    if (const std::string_view broken = sizes.violation(); !broken.empty()) return broken;
    if (!chosen.serve.proxies.malformed().empty()) {
      return "proxies: one of them is not an address or a network";
    }
    if (!sys::room_for_sockets(streams(sizes))) return sys::no_room_for_sockets;
    if (memory.size() < bytes(sizes, chosen)) {
      return "the memory given is less than host_in::bytes tells";
    }
    loop_.emplace(streams(sizes), memory.data() + host_bytes(sizes, chosen), chosen.entropy);
    host_options serve = chosen.serve;
    if (serve.device_name.empty() && !net::is_loopback_address(chosen.bind)) {
      serve.device_name = sys::own_name(device_name_);
    }
    runtime* const other = runtime::current();
    typed_.emplace(*loop_, sizes, serve, memory.data());
    const status listens = loop_->listen(typed_->core(), {chosen.bind, chosen.port});
    if (!listens.ok()) {
      if (other != nullptr) other->make_current();
      return listens.literal_reason();
    }
    typed_->core().loop().make_current();
#if defined(MUSUBI_TELEMETRY)
    url_ = net::host_url_of(chosen.bind == everywhere ? "0.0.0.0" : chosen.bind, port());
#endif
    return {};
  }
  static constexpr std::size_t streams(const limits& sizes) noexcept {
    return std::size_t{sizes.connections} + sizes.requests + 1;
  }
  /// Rounded up, so that what follows is aligned for anything.
  static constexpr std::size_t host_bytes(const limits& sizes, const options& chosen) noexcept {
    carver measure;
    (void)measure.take(basic_host<Socket, peer_table>::bytes(sizes, chosen.serve.endpoints));
    (void)measure.take(0);
    return measure.used();
  }

#if defined(MUSUBI_TELEMETRY)
  net::host_url url_;
#endif
  char device_name_[65];  // as long as Linux has them; kept for the host
  std::optional<loop> loop_;
  std::optional<basic_host<Socket, peer_table>> typed_;
};

namespace detail {
template <std::size_t Bytes>
struct memory_of {
  alignas(std::max_align_t) std::byte bytes_[Bytes];
};
}  // namespace detail

/// The same with its memory in it, sized when compiling by `Limits`, a constant with static
/// storage. Make it with static storage too, or the linker cannot tell whether it fits:
///
///     constexpr musubi::limits small{...};
///     static musubi::posix::host<thermostat_socket, small> host{{.bind =
///     musubi::posix::everywhere}}; return host.run();
///
/// `sizeof` it is all that the runtime and the application's pages will ever use; the network's own
/// memory is the system's.
template <class Socket, const limits& Limits>
class host : private detail::memory_of<host_in<Socket>::bytes(Limits)>, public host_in<Socket> {
  static_assert(Limits.violation().empty(),
                "musubi: a relation between limits does not hold; limits::violation() says which");

 public:
  explicit host(const options& chosen = {}) noexcept
      : host_in<Socket>(Limits, this->bytes_, chosen) {}
};

}  // namespace musubi::posix
