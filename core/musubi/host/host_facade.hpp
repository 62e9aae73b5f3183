#pragma once
/// The functions of a host for its program, the same on every port.

#include <cstdint>
#include <string_view>
#include <utility>

#include <musubi/async/remote.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

/// Base class of each port's `host`, which may add more. A host with a `problem()` does not run:
/// `run` returns 1, `spawn` fails, and the other functions do nothing.
///
/// `Port` must have `first_host()`, which returns a pointer to the `basic_host` that the thread of
/// `run` drives, valid without a problem. A port with several hosts, each on its own thread, must
/// also have `each_host` and `host_here`.
template <class Port>
class host_facade {
 public:
  host_facade(const host_facade&) = delete;
  host_facade& operator=(const host_facade&) = delete;

  /// Serves these files, which must outlive the host. Call before `run`, or on its thread.
  void assets(const net::http::asset_table& table) noexcept {
    if (serves()) self().each_host([&](auto& each) { each.core().assets(table); });
  }
  /// Runs a coroutine in the background until it or the host ends. Call before `run`, or on its
  /// thread. Fails when the pool of coroutines is empty.
  status spawn(task<>&& work) noexcept {
    return serves() ? self().first_host()->spawn(std::move(work)) : fail("the host has a problem");
  }
  /// As `spawn`, with a coroutine for each core, which `make()` returns. Call before `run`.
  template <class Make>
  status spawn_on_each(Make&& make) noexcept {
    if (!serves()) return fail("the host has a problem");
    status spawned;
    self().each_host([&](auto& each) {
      each.core().loop().make_current();  // its frames are of this host's pool
      if (spawned.ok()) spawned = each.spawn(make());
    });
    self().first_host()->core().loop().make_current();
    return spawned;
  }
  /// Runs `what` on the thread of `run`; several posts before that count once. Call from any thread
  /// or interrupt, also before `run`. `what` must live until it has run, or the host has ended.
  void post(remote_job& what) noexcept {
    if (serves()) self().first_host()->core().loop().post(what);
  }
  /// Closes every connection whose socket satisfies `condition`, for example when credentials
  /// change. Call from a handler or a task, or before `run`. With several cores, closes only
  /// connections of the current one: use a topic to reach the others.
  template <class Condition>
  void disconnect_if(Condition&& condition, std::uint16_t code = 1008,
                     std::string_view reason = "credentials changed") noexcept {
    if (!serves()) return;
    if (auto* const here = self().host_here()) {
      here->disconnect_if(std::forward<Condition>(condition), code, reason);
    }
  }
  /// The untyped half of the host, for its metrics and its loop. Call only without a `problem`, and
  /// on the thread of `run`.
  [[nodiscard]] host_core& core() noexcept { return self().first_host()->core(); }

 protected:
  host_facade() noexcept = default;
  ~host_facade() = default;

  template <class Use>
  void each_host(Use&& use) noexcept {
    use(*self().first_host());
  }
  [[nodiscard]] auto* host_here() noexcept { return self().first_host(); }

 private:
  [[nodiscard]] bool serves() noexcept { return self().problem().empty(); }
  [[nodiscard]] Port& self() noexcept { return static_cast<Port&>(*this); }
};

/// The remaining functions, for a port with one loop. `Port` must have `events()`, which returns
/// its loop, and may have `announce()`, which is called when `run` begins.
template <class Port>
class single_host_facade : public host_facade<Port> {
 public:
  /// Why the host cannot run, as a sentence: invalid limits, an address in use. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// Serves on the calling thread until `stop`. Returns an exit code: 0, or, without serving, 1 if
  /// there is a `problem`.
  int run() noexcept {
    if (!problem_.empty()) return 1;
    static_cast<Port&>(*this).announce();
    static_cast<Port&>(*this).events().run();
    return 0;
  }
  /// Ends `run` in order: clients are told to reconnect later. Before `run`, makes the next `run`
  /// return immediately. Call from any thread.
  void stop() noexcept {
    static_assert(can_stop || sizeof(Port) == 0,
                  "musubi: a program stops its host, which MUSUBI_WITHOUT_STOP leaves out");
    if (problem_.empty()) static_cast<Port&>(*this).events().stop();
  }

 protected:
  single_host_facade() noexcept = default;
  ~single_host_facade() = default;

  void announce() noexcept {}
  /// `why` must outlive the host.
  void has_problem(std::string_view why) noexcept { problem_ = why; }

 private:
  std::string_view problem_;
};

}  // namespace musubi
