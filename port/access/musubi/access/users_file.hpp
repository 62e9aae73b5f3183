#pragma once
/// The file of the users. Only its owner may read it: `load` refuses any other.

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/stat.h>

#include <musubi/access/users.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::access {

/// A sentence about a file, without its path; empty if all is well.
using file_problem = text<160>;

/// The path of a file of users, and which version of it was read last.
class users_file {
 public:
  users_file() noexcept = default;
  explicit users_file(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// Reads the file. On a problem `into` is left as it was: the file is missing, somebody else may
  /// read or own it, it is not a regular file, or a line cannot be read. Blocks; allocates nothing.
  [[nodiscard]] file_problem load(user_list& into) noexcept;
  /// Whether it is another file than `load` saw last. Blocks.
  [[nodiscard]] bool has_changed() const noexcept;
  /// Whether there is such a file.
  [[nodiscard]] bool is_there() const noexcept;
  /// Replaces the file, with mode 0600, in one step: who reads it sees the old one or the new one.
  /// For a command line; allocates.
  [[nodiscard]] file_problem save(const user_list& users);

 private:
  /// What changes when a file is written or replaced.
  struct version {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t bytes = 0;
    std::int64_t changed = 0;  ///< in nanoseconds
    std::uint32_t mode = 0;
    friend bool operator==(const version&, const version&) = default;
  };

  [[nodiscard]] static version version_of(const struct stat& seen) noexcept;

  std::string path_;
  version seen_;
};

}  // namespace musubi::access
