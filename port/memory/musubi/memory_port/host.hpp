#pragma once
/// A whole host in process: what a test of an application's stores, or of the host itself, runs.

#include <musubi/mistake/all.hpp>

#include <memory>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/memory_port/loop.hpp>
#include <musubi/musubi.hpp>

namespace musubi::memory_port {

/// What a host in process is made with.
struct options {
  musubi::limits limits = {};
  host_options serve = {};
  loop_sizes sizes = {};
};

/// Hosts the roots of `Socket`. `run` serves as any host's does, and lets time pass on its way from
/// timer to timer; a test takes smaller steps, with `settle` and `run_for`.
template <class Socket>
class host : public single_host_facade<host<Socket>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));
  using typed = basic_host<Socket, peer_table>;

 public:
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
  /// See `loop::settle` and `loop::run_for`. Only without a problem.
  bool settle() { return events_.settle(); }
  bool run_for(duration span) { return events_.run_for(span); }

 private:
  friend host_facade<host>;
  friend single_host_facade<host>;

  [[nodiscard]] typed* first_host() noexcept { return &*typed_; }

  loop events_;
  std::unique_ptr<std::byte[]> memory_;  // untouched, it stays the system's
  std::optional<typed> typed_;
};

}  // namespace musubi::memory_port
