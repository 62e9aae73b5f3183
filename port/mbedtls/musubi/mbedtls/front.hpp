#pragma once
/// TLS in front of a board's host.

#include <cstddef>
#include <optional>
#include <string_view>

#include <musubi/host/host_front.hpp>
#include <musubi/host/internal/tls_metrics.hpp>
#include <musubi/mbedtls/guard.hpp>
#include <musubi/mbedtls/identity.hpp>
#include <musubi/mbedtls/memory.hpp>
#include <musubi/mbedtls/sizes.hpp>

namespace musubi::mbedtls {

inline constexpr sizes usual_sizes{};

/// Has a guard, and all memory of it and of Mbed TLS, for one host with the limits `Room`; it never
/// uses the heap. Define one in static memory, which need not be initialized:
///
///     static musubi::mbedtls::front<small> secure({.certificate = crt, .key = key});
///     static musubi::lwip::host<thermostat_socket, small> host(board, {.port = 443}, secure);
template <const limits& Room, const sizes& Chosen = usual_sizes>
class front final : public host_front {
  static_assert(Chosen.violation(Room).empty(),
                "mbedtls: a relation between limits does not hold; sizes::violation() says which");

 public:
  explicit front(const certificate_and_key& shown) noexcept : shown_(shown) {}
  ~front() = default;
  front(const front&) = delete;
  front& operator=(const front&) = delete;

  [[nodiscard]] std::string_view problem() const noexcept override { return problem_; }
  /// Loads the certificate: `problem` then says what is wrong with it. One host at a time.
  [[nodiscard]] net::service& put_before(host_core& host, net::port& port) override {
    if (!memory_.give(region_)) {
      problem_ = "mbedtls: another one has Mbed TLS's memory";
      return host;
    }
    problem_ = identity_.emplace().load(shown_, port);
    if (!problem_.empty()) return host;
    guard& made = guard_.emplace(port, host, *identity_, Chosen.connections_of(Room),
                                 Chosen.handshake_patience, streams_, host.listener());
#if !defined(MUSUBI_SMALL_CODE)  // which does not show them
    host.also_show(
        metrics_.emplace(made.counted(), made.connections(), made.handshakes(), &memory::use));
#endif
    return made;
  }
  void remove(net::service&) noexcept override {
#if !defined(MUSUBI_SMALL_CODE)
    metrics_.reset();
#endif
    guard_.reset();
    identity_.reset();
  }
  [[nodiscard]] net::url_scheme scheme() const noexcept override {
    return net::url_scheme::https;
  }

  /// Valid while it is in front of a host without a problem.
  [[nodiscard]] const guard& guarding() const noexcept {
    return *guard_;
  }

 private:
  alignas(std::max_align_t) std::byte region_[Chosen.region_bytes(Room)];
  alignas(std::max_align_t) std::byte streams_[guard::bytes(Chosen.connections_of(Room))];
  certificate_and_key shown_;
  std::string_view problem_;
  memory memory_;
  std::optional<identity> identity_;
  std::optional<guard> guard_;
#if !defined(MUSUBI_SMALL_CODE)
  std::optional<tls::tls_metrics> metrics_;
#endif
};

}  // namespace musubi::mbedtls
