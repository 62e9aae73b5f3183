#pragma once
/// The settings as text: what is in their file, apart from the file.

#include "settings/settings.hpp"

#include <cstddef>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What is wrong with the text or its file, in a sentence for a person.
using remark = musubi::text<200>;

/// The text of a settings file, read.
struct settings_text {
  /// A longer text is not one of settings; nothing more of it is read.
  static constexpr std::size_t longest = 4096;
  /// What is kept of other people's lines. Less than `longest`, so that what is written can be
  /// read.
  static constexpr std::size_t most_kept = longest - 256;
  using kept_lines = musubi::text<most_kept>;

  settings values;     ///< the default for what is missing or cannot be used
  kept_lines kept;     ///< comments and lines with unknown keys, each with a line feed
  bool usable = true;  ///< false: this is no text of settings at all, and better left alone
  musubi::list<remark, 8> remarks;  ///< the lines that cannot be used, the first few of them
};

/// Lines of `key=value`. White space around both, comments (`#`), empty lines, CR LF and a byte
/// order mark are fine; of a key given twice the last value counts.
[[nodiscard]] settings_text read_settings(std::string_view text) noexcept;

/// What `read_settings` reads back as `values` and `kept`.
[[nodiscard]] musubi::text<settings_text::longest> write_settings(
    const settings& values, const settings_text::kept_lines& kept) noexcept;

}  // namespace gateway
