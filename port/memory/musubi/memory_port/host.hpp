#pragma once
/// A complete in-process host, for tests of an application's stores and of the host itself.

#include <musubi/mistake/all.hpp>

#include <memory>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/memory_port/loop.hpp>
#include <musubi/musubi.hpp>

namespace musubi::memory_port {

/// The options of an in-process host.
struct options {
  musubi::limits limits = {};
  host_options serve = {};
  loop_sizes sizes = {};
};

/// Serves the roots of `Socket`. `run` serves like any host's, with the virtual time skipping from
/// timer to timer; a test takes smaller steps with `settle` and `run_for`.
template <class Socket>
class host : public single_host_facade<host<Socket>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));
  using typed = basic_host<Socket, peer_table>;

 public:
  using socket_type = Socket;

  explicit host(const options& chosen = {}) : events_(chosen.sizes) {
    if (const std::string_view broken = chosen.limits.violation(); !broken.empty()) {
      this->has_problem(broken);
      return;
    }
    memory_.reset(new std::byte[typed::bytes(chosen.limits, chosen.serve.endpoints)]);
    typed_.emplace(events_, chosen.limits, chosen.serve, memory_.get());
    events_.serve(typed_->core());
  }

  [[nodiscard]] loop& events() noexcept { return events_; }
  [[nodiscard]] client connect(std::string_view from = {}) noexcept {
    return events_.connect(from);
  }
  /// See `loop::settle` and `loop::run_for`. Call only without a `problem`.
  bool settle() { return events_.settle(); }
  bool run_for(duration span) { return events_.run_for(span); }

 private:
  friend host_facade<host>;
  friend single_host_facade<host>;

  [[nodiscard]] typed* first_host() noexcept { return &*typed_; }

  loop events_;
  std::unique_ptr<std::byte[]> memory_;  // not initialized: pages never written to take no RAM
  std::optional<typed> typed_;
};

}  // namespace musubi::memory_port
