#pragma once
/// Reads files of the machine into fixed buffers, under a root that tests can change.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/hosted/descriptor.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// A path below the root; empty if it would be longer than any that the kernel uses here.
using file_path = musubi::text<384>;

/// Where /proc and /sys are found: "/" on a machine, a folder of fixtures in a test.
class file_tree {
 public:
  /// `root` is at most 128 bytes; a longer one is an empty tree.
  explicit file_tree(std::string_view root = "/") noexcept;
  /// Why no machine can be read there; nothing if it can.
  [[nodiscard]] std::optional<std::string_view> problem() const noexcept;

  /// The root followed by `parts`, unchanged: the caller passes the slashes.
  template <class... Parts>
  [[nodiscard]] file_path path(const Parts&... parts) const noexcept {
    file_path joined;
    const bool fits = joined.assign(root_) && (joined.append(std::string_view(parts)) && ...);
    if (!fits) joined.clear();
    return joined;
  }

  /// Whether this is the program's own root, not a folder with another machine's root.
  [[nodiscard]] bool is_own() const noexcept { return root_.empty(); }
  /// Whether the kernel provides the files; false for a machine made of ordinary files.
  [[nodiscard]] bool is_live() const noexcept;
  [[nodiscard]] std::string_view root() const noexcept { return root_; }

 private:
  musubi::text<128> root_;
};

using musubi::hosted::descriptor;

/// Whether `error` means a limit of this program or the system, not a problem of the file.
[[nodiscard]] bool means_exhausted(int error) noexcept;
/// Whether `error` means that there is nothing to read, not that reading failed: no such file, no
/// device, no data, or no permission.
[[nodiscard]] bool means_absent(int error) noexcept;

/// Reads the files of a machine for one look. A missing file is absent; when a file exists but
/// cannot be read, the look has `failed`, so it does not show what has disappeared.
class file_reader {
 public:
  explicit file_reader(const file_tree& files) noexcept : files_(files) {}
  file_reader(file_tree&&) = delete;

  [[nodiscard]] const file_tree& files() const noexcept { return files_; }
  template <class... Parts>
  [[nodiscard]] file_path path(const Parts&... parts) const noexcept {
    return files_.path(parts...);
  }
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  /// Whether it failed because there were not enough descriptors or memory.
  [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }
  /// Records the errno of a failed call.
  void note(int error) noexcept {
    failed_ = failed_ || !means_absent(error);
    exhausted_ = exhausted_ || means_exhausted(error);
  }
  /// Begins another look.
  void again() noexcept { failed_ = exhausted_ = false; }

  /// The first bytes of a file, as many as `into` holds; nothing when it is empty, missing or
  /// unreadable.
  [[nodiscard]] std::optional<std::string_view> read(const file_path& file,
                                                     std::span<char> into) noexcept;
  /// The first line of a file, trimmed; nothing as above.
  [[nodiscard]] std::optional<std::string_view> line(const file_path& file,
                                                     std::span<char> into) noexcept;
  /// The number in a file; nothing if it contains anything else.
  [[nodiscard]] std::optional<std::int64_t> number(const file_path& file) noexcept;
  /// The last component of a symbolic link's target; nothing if it is not a link.
  [[nodiscard]] std::optional<std::string_view> link_name(const file_path& file,
                                                          std::span<char> into) noexcept;

 private:
  friend class line_reader;
  friend class folder_reader;
  [[nodiscard]] int open(const file_path& file, int extra_flags = 0) noexcept;
  [[nodiscard]] std::size_t read_some(int fd, std::span<char> into) noexcept;

  const file_tree& files_;
  descriptor root_;  // of another machine's tree; opened when first needed
  bool failed_ = false;
  bool exhausted_ = false;
};

/// The lines of a file of any length, through one fixed buffer.
class line_reader {
 public:
  line_reader(file_reader& reader, const file_path& file) noexcept
      : reader_(reader), file_(reader.open(file)) {}
  /// Reads `second` if `first` is absent.
  line_reader(file_reader& reader, const file_path& first, const file_path& second) noexcept;
  /// False when the file could not be opened.
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(file_); }
  /// The next line without its end, valid until the next call; nothing at the end of the file. A
  /// line longer than the buffer is truncated.
  [[nodiscard]] std::optional<std::string_view> next() noexcept;
  /// Whether the kernel has changed the file since it was opened, for a table of mounts that may
  /// have been read inconsistently.
  [[nodiscard]] bool has_changed() const noexcept;

 private:
  [[nodiscard]] bool fill() noexcept;

  file_reader& reader_;
  descriptor file_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool skipping_ = false;
  char buffer_[4096];
};

/// The names in a folder, in the order of the file system, without "." and "..".
class folder_reader {
 public:
  explicit folder_reader(file_reader& reader) noexcept : reader_(reader) {}
  folder_reader(file_reader& reader, const file_path& folder) noexcept : reader_(reader) {
    open(folder);
  }
  /// Starts over with `folder`; false when it cannot be opened.
  bool open(const file_path& folder) noexcept;
  void close() noexcept { folder_.reset(); }
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(folder_); }
  /// The next name, valid until the next call; nothing at the end.
  [[nodiscard]] std::optional<std::string_view> next() noexcept;

 private:
  file_reader& reader_;
  descriptor folder_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  alignas(8) char buffer_[4096];
};

}  // namespace gateway
