#pragma once
/// The file that stores the settings.

#include "sensors/file_tree.hpp"
#include "settings/file_calls.hpp"
#include "settings/settings_text.hpp"

#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// The settings at the start. The remarks are sentences for the user about the file; they do not
/// contain its name.
struct opened_settings {
  settings values;
  /// Why the gateway must not run with this file: another one uses it, or it is not a regular file.
  std::optional<remark> refusal;
  /// What else the user should know: invalid lines, or why settings cannot be saved.
  musubi::list<remark, 12> remarks;
};

/// The result of a save.
struct saved_settings {
  musubi::status outcome;
  /// Whether the file contains the new settings. True with a refusal if the disk did not confirm
  /// them, so that a power failure may restore the old ones.
  bool written = false;
};

/// A small text file of keys and values, used by one gateway at a time. It is replaced atomically
/// by a file with the same owner and mode, so a reader finds either the old one or the new one. If
/// the path is a symbolic link, its target is replaced.
class settings_file {
 public:
  /// With an empty path, nothing is saved.
  explicit settings_file(const file_path& path = {},
                         file_calls& calls = file_calls::of_the_system()) noexcept
      : path_(path), calls_(calls) {}
  settings_file(const settings_file&) = delete;
  settings_file& operator=(const settings_file&) = delete;
  ~settings_file();

  [[nodiscard]] const file_path& path() const noexcept { return path_; }
  /// Creates missing folders of the path, locks the file until this object is destroyed, reads it,
  /// and checks whether it can be saved. Call once, before `save`.
  [[nodiscard]] opened_settings open() noexcept;
  /// Saves the settings, and waits for the disk. Call from one thread at a time.
  [[nodiscard]] saved_settings save(const settings& values) noexcept;

  /// The default path: below $STATE_DIRECTORY (systemd), $XDG_STATE_HOME or $HOME; empty if none of
  /// them is set.
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
  file_path target_;  // the path with all links resolved
  int folder_ = -1;   // the folder of the target
  int lock_ = -1;     // locked while it is open
  content content_ = content::unknown;
  settings_text::kept_lines kept_;
};

}  // namespace gateway
