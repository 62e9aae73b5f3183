#pragma once
/// Where the settings survive a restart.

#include "sensors/file_tree.hpp"
#include "settings/settings.hpp"

#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// A small text file of keys and values. It is replaced whole: whoever reads it, or pulls the plug,
/// finds either the old one or the new one.
class settings_file {
 public:
  /// An empty path keeps nothing. Folders that the path lacks are made at the first `save`.
  explicit settings_file(const file_path& path = {}) noexcept : path_(path) {}

  [[nodiscard]] const file_path& path() const noexcept { return path_; }
  /// What was saved; the default for everything that is missing or makes no sense.
  [[nodiscard]] settings load() const noexcept;
  /// Waits for the disk. A refusal says what was wrong.
  [[nodiscard]] musubi::status save(const settings& values) const noexcept;

  /// The path that is taken when the user names none: below $STATE_DIRECTORY (systemd),
  /// $XDG_STATE_HOME or $HOME; empty when none of them is set.
  [[nodiscard]] static file_path usual_path() noexcept;

 private:
  file_path path_;
};

}  // namespace gateway
