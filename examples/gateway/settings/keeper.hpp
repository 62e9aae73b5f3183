#pragma once
/// Who keeps the settings: one thread that makes every change, in order, and writes it to the disk,
/// which no host's thread could wait for.

#include "settings/change.hpp"
#include "settings/settings_file.hpp"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>

#include <musubi/async/remote.hpp>
#include <musubi/async/runtime.hpp>

namespace gateway {

/// Takes changes from the coroutines of any host and resumes them when the change is made:
///
///            ask                     thread                       host
///   free ----------> waiting ------------------> made ----------------------> free
///                       |        change, save,     (the host's door)  resume whoever asked
///                       |        tell everybody
///                       +--- whoever asked is gone: it is made all the same
class settings_keeper {
 public:
  /// Called by the keeper's thread with settings that have just changed. Must not block.
  using listener = void (*)(void* owner, const settings& changed) noexcept;

  settings_keeper() noexcept = default;
  settings_keeper(const settings_keeper&) = delete;
  settings_keeper& operator=(const settings_keeper&) = delete;
  ~settings_keeper() { stop(); }

  /// Starts with `saved`, which is what `file` held; the file is the keeper's until `stop`. `tell`
  /// hears the settings, and every change.
  void start(settings_file& file, const settings& saved, listener tell, void* owner);
  /// Ends the thread, once what was asked for is made. Before the hosts end, which it resumes.
  void stop() noexcept;

  class asking;
  /// `co_await` it: answers with the status of the change.
  [[nodiscard]] asking ask(const change& wanted) noexcept;

 private:
  struct place;

  void run() noexcept;
  [[nodiscard]] place* oldest_waiting() noexcept;
  [[nodiscard]] musubi::status make(const change& wanted) noexcept;

  /// One that was asked for. It outlives whoever asked, because a host's door cannot be recalled.
  struct place : musubi::remote_job {
    enum class state : std::uint8_t { free, waiting, making, made };
    place() noexcept : remote_job(&place::arrived) {}
    static void arrived(remote_job& self) noexcept;
    settings_keeper* keeper = nullptr;
    state now = state::free;
    std::uint64_t order = 0;
    change wanted;
    musubi::status outcome;
    musubi::runtime* host = nullptr;
    asking* asked_by = nullptr;  // null when it is gone
  };

  std::mutex lock_;  // of everything below
  std::condition_variable work_;
  std::array<place, 16> places_;
  std::uint64_t asked_ = 0;
  bool stopping_ = false;

  // The thread's own.
  settings_file* file_ = nullptr;
  settings current_;
  listener tell_ = nullptr;
  void* owner_ = nullptr;
  std::thread thread_;
};

/// Awaits one change.
class settings_keeper::asking {
 public:
  asking(settings_keeper& keeper, const change& wanted) noexcept
      : keeper_(&keeper), wanted_(wanted) {}
  asking(const asking&) = delete;
  asking& operator=(const asking&) = delete;
  ~asking();

  bool await_ready() const noexcept { return false; }
  /// False, with the refusal in its place, when too many wait already.
  bool await_suspend(std::coroutine_handle<> self) noexcept;
  musubi::status await_resume() const noexcept { return outcome_; }

 private:
  friend struct place;
  settings_keeper* keeper_;
  change wanted_;
  musubi::status outcome_;
  place* place_ = nullptr;
  musubi::resume_job resume_;
};

inline settings_keeper::asking settings_keeper::ask(const change& wanted) noexcept {
  return asking(*this, wanted);
}

/// The gateway's own, as its news are: once in the program.
inline settings_keeper keeper;

}  // namespace gateway
