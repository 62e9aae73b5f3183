#pragma once
/// Changes the settings in order and writes them to the disk, without blocking the hosts.

#include "settings/change.hpp"
#include "settings/settings_file.hpp"

#include <atomic>

#include <musubi/async/task.hpp>

namespace gateway {

/// Accepts changes from coroutines of any host, and makes one at a time on a thread of the port
/// (`musubi::offload`). A requested change is made even if the requester has left. Lives as long as
/// the program, because a disk may hang for longer than the hosts exist.
class settings_keeper {
 public:
  /// Called with the settings at the start, and after each change on the thread that made it. Must
  /// not block.
  using listener = void (*)(void* owner, const settings& changed) noexcept;
  /// Most pending changes.
  static constexpr int most = 16;

  settings_keeper() noexcept = default;
  settings_keeper(const settings_keeper&) = delete;
  settings_keeper& operator=(const settings_keeper&) = delete;

  /// Starts with `saved`, the settings in `file`. `file` and `owner` must live as long as the
  /// keeper. Calls `tell` with these settings, and after every change.
  void start(settings_file& file, const settings& saved, listener tell, void* owner) noexcept;
  /// Makes a change and returns its status. Refuses it if `most` are pending. Stops waiting before
  /// the command times out.
  [[nodiscard]] musubi::task<musubi::status> ask(change wanted);

 private:
  [[nodiscard]] musubi::status make(const change& wanted) noexcept;

  std::atomic<int> asked_{0};
  // Used by the thread that makes a change, one at a time.
  settings_file* file_ = nullptr;
  settings current_;
  listener tell_ = nullptr;
  void* owner_ = nullptr;
};

/// The keeper of the program.
inline settings_keeper keeper;

}  // namespace gateway
