#pragma once
/// Files that are there whole, whatever happens.

#include <string>
#include <string_view>

namespace musubi::hosted {

/// Replaces the file at `path` in one step: a reader, and a machine that lost its power, has the
/// old text or the new one. Only the file's owner may read it (mode 0600). Writes `path` + ".new"
/// beside it, which is gone afterwards. Returns 0 or an errno; the old file is then as it was.
/// Allocates.
[[nodiscard]] int replace_file(const std::string& path, std::string_view text);

}  // namespace musubi::hosted
