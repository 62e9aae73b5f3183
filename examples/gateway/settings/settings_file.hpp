#pragma once
/// Where the settings survive a restart.

#include "sensors/file_tree.hpp"
#include "settings/file_calls.hpp"
#include "settings/settings_text.hpp"

#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What was found at the start. The remarks are sentences about the file, for its user; none of
/// them names it.
struct opened_settings {
  settings values;
  /// Why no gateway may run with this file: another one does, or it is no regular file.
  std::optional<remark> refusal;
  /// What else the user should know: lines that are not understood, why nothing can be saved.
  musubi::list<remark, 12> remarks;
};

/// How a save ended.
struct saved_settings {
  musubi::status outcome;
  /// Whether the file holds the new settings. True with a refusal where the disk did not confirm
  /// them, so that a power failure may bring the old ones back.
  bool written = false;
};

/// A small text file of keys and values, for one gateway at a time. It is replaced as a whole, by a
/// file of the same owner and mode: a reader finds the old one or the new one, whatever happens
/// meanwhile. A symbolic link to it stays; what it leads to is replaced.
class settings_file {
 public:
  /// An empty path keeps nothing.
  explicit settings_file(const file_path& path = {},
                         file_calls& calls = file_calls::of_the_system()) noexcept
      : path_(path), calls_(calls) {}
  settings_file(const settings_file&) = delete;
  settings_file& operator=(const settings_file&) = delete;
  ~settings_file();

  [[nodiscard]] const file_path& path() const noexcept { return path_; }
  /// Once, before `save`: makes the folders that the path lacks, locks the file until the end of
  /// this object, reads it, and tries whether it could be saved.
  [[nodiscard]] opened_settings open() noexcept;
  /// Waits for the disk. From one thread at a time.
  [[nodiscard]] saved_settings save(const settings& values) noexcept;

  /// The path that is taken when the user names none: below $STATE_DIRECTORY (systemd),
  /// $XDG_STATE_HOME or $HOME; empty when none of them is set.
  [[nodiscard]] static file_path usual_path() noexcept;

 private:
  enum class content : std::uint8_t { unknown, read, useless };
  struct fresh_file;

  [[nodiscard]] musubi::status acquire(opened_settings* told) noexcept;
  [[nodiscard]] musubi::status resolve() noexcept;
  [[nodiscard]] musubi::status take_lock(opened_settings* told) noexcept;
  void load(opened_settings& into) noexcept;
  [[nodiscard]] musubi::status prepare(const settings& values, fresh_file& made) noexcept;
  [[nodiscard]] musubi::status fill(int fd, const settings& values,
                                    const struct stat* like) noexcept;
  void remove_leftovers() noexcept;

  file_path path_;
  file_calls& calls_;
  file_path target_;  // what the path leads to, all links followed
  int folder_ = -1;   // the target's, to find it by name alone
  int lock_ = -1;     // held as long as it is open
  content content_ = content::unknown;
  settings_text::kept_lines kept_;
};

}  // namespace gateway
