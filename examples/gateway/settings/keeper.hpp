#pragma once
/// Who keeps the settings: makes every change, in order, and writes it to the disk, beside the
/// hosts, none of which could wait for that.

#include "settings/change.hpp"
#include "settings/settings_file.hpp"

#include <atomic>

#include <musubi/async/task.hpp>

namespace gateway {

/// Takes changes from the coroutines of any host, and makes one at a time on a thread of the port's
/// (`musubi::offload`). A change that was asked for is made, whether or not who asked is still
/// there. It lives as long as the program: a disk may hang for longer than the hosts are there.
class settings_keeper {
 public:
  /// Called with settings that have just changed, at the start and then by the thread that changed
  /// them. Must not block.
  using listener = void (*)(void* owner, const settings& changed) noexcept;
  /// Changes that may be on their way at once.
  static constexpr int most = 16;

  settings_keeper() noexcept = default;
  settings_keeper(const settings_keeper&) = delete;
  settings_keeper& operator=(const settings_keeper&) = delete;

  /// Starts with `saved`, which is what `file` held; both the file and `owner` live as long as the
  /// keeper. `tell` hears the settings, and every change.
  void start(settings_file& file, const settings& saved, listener tell, void* owner) noexcept;
  /// Answers with the status of the change. Refuses when `most` are on their way, and stops waiting
  /// before a command's time is up.
  [[nodiscard]] musubi::task<musubi::status> ask(change wanted);

 private:
  [[nodiscard]] musubi::status make(const change& wanted) noexcept;

  std::atomic<int> asked_{0};
  // Of whichever thread makes a change; it is one at a time.
  settings_file* file_ = nullptr;
  settings current_;
  listener tell_ = nullptr;
  void* owner_ = nullptr;
};

/// The gateway's own, as its news are: once in the program.
inline settings_keeper keeper;

}  // namespace gateway
