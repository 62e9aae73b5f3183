#pragma once
/// What a program may ask of its host, the same over every port.

#include <cstdint>
#include <string_view>
#include <utility>

#include <musubi/async/remote.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

/// A port's `host` derives from it, and adds what its system has. A host that has a `problem()`
/// does not run: then `run` answers 1, `spawn` refuses, and the other functions do nothing.
///
/// `Port` has `first_host()`: a pointer to the `basic_host` that the thread of `run` drives, valid
/// without a problem. One that has more of them, each on a thread of its own, has `each_host` and
/// `host_here` too.
template <class Port>
class host_facade {
 public:
  host_facade(const host_facade&) = delete;
  host_facade& operator=(const host_facade&) = delete;

  /// Serves these files, which outlive the host. Before `run`, or on its thread.
  void assets(const net::http::asset_table& table) noexcept {
    if (serves()) self().each_host([&](auto& each) { each.core().assets(table); });
  }
  /// Runs a coroutine beside the clients, until it ends or the host does. Before `run`, or on its
  /// thread. Fails when the pool of coroutines is empty.
  status spawn(task<>&& work) noexcept {
    return serves() ? self().first_host()->spawn(std::move(work)) : fail("the host has a problem");
  }
  /// Runs `what` on the thread of `run`; of several posts before that, once. From any thread or
  /// interrupt, before `run` too. `what` outlives the host, or has run.
  void post(remote_job& what) noexcept {
    if (serves()) self().first_host()->core().loop().post(what);
  }
  /// Closes every connection whose socket meets `condition`: when credentials change, say. From a
  /// handler or a task, or before `run`. Of several cores, those of the current one: a topic
  /// tells the others to do the same.
  template <class Condition>
  void disconnect_if(Condition&& condition, std::uint16_t code = 1008,
                     std::string_view reason = "credentials changed") noexcept {
    if (!serves()) return;
    if (auto* const here = self().host_here()) {
      here->disconnect_if(std::forward<Condition>(condition), code, reason);
    }
  }
  /// The untyped half of the host, for its metrics and its loop. Only without a problem, and on the
  /// thread of `run`.
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

/// The rest, for a port of one loop. `Port` has `events()`, its loop, and may have `announce()`:
/// called when `run` begins.
template <class Port>
class single_host_facade : public host_facade<Port> {
 public:
  /// Why it will not run, as a sentence: a limit that does not hold, an address in use. Empty when
  /// it will.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// Serves on the calling thread, until `stop`. Answers a program's exit code: 0, or 1 at once
  /// when there is a problem.
  int run() noexcept {
    if (!problem_.empty()) return 1;
    static_cast<Port&>(*this).announce();
    static_cast<Port&>(*this).events().run();
    return 0;
  }
  /// Ends `run` in order, or the next one at once: clients are told to come back. From any thread.
  void stop() noexcept {
    if (problem_.empty()) static_cast<Port&>(*this).events().stop();
  }

 protected:
  single_host_facade() noexcept = default;
  ~single_host_facade() = default;

  void announce() noexcept {}
  /// Said with words that stay.
  void has_problem(std::string_view why) noexcept { problem_ = why; }

 private:
  std::string_view problem_;
};

}  // namespace musubi
