#pragma once
/// The text format of the settings file.

#include "settings/settings.hpp"

#include <cstddef>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// A problem of the text or its file, as a sentence.
using remark = musubi::text<200>;

/// The parsed text of a settings file.
struct settings_text {
  /// A longer text is not a settings file, and is not read further.
  static constexpr std::size_t longest = 4096;
  /// Most bytes of comments and unknown lines. Less than `longest`, so that a saved text can be
  /// read again.
  static constexpr std::size_t most_kept = longest - 256;
  using kept_lines = musubi::text<most_kept>;

  settings values;                  ///< with the default for missing and invalid values
  kept_lines kept;                  ///< comments and lines with unknown keys, each with a line feed
  bool usable = true;               ///< false: not a settings file, which must not be overwritten
  musubi::list<remark, 8> remarks;  ///< about the first invalid lines
};

/// Parses lines of `key=value`. Accepts white space around both, comments (`#`), empty lines, CR LF
/// and a byte order mark. If a key is repeated, the last value counts.
[[nodiscard]] settings_text read_settings(std::string_view text) noexcept;

/// The text that `read_settings` parses to `values` and `kept`.
[[nodiscard]] musubi::text<settings_text::longest> write_settings(
    const settings& values, const settings_text::kept_lines& kept) noexcept;

}  // namespace gateway
