#pragma once
/// The files of the machine: read into fixed buffers, under a root that a test can move.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

/// A path below the root; one that is longer than any the kernel makes here is left empty.
using file_path = musubi::text<384>;

/// Where /proc and /sys are found: "/" on a machine, a folder of fixtures in a test.
class file_tree {
 public:
  /// `root` is at most 128 bytes; a longer one is an empty tree.
  explicit file_tree(std::string_view root = "/") noexcept;
  /// Why no machine can be read there; nothing where one can.
  [[nodiscard]] std::optional<std::string_view> problem() const noexcept;

  /// `parts` joined behind the root, as they are: the caller brings the slashes.
  template <class... Parts>
  [[nodiscard]] file_path path(const Parts&... parts) const noexcept {
    file_path joined;
    const bool fits = joined.assign(root_) && (joined.append(std::string_view(parts)) && ...);
    if (!fits) joined.clear();
    return joined;
  }

  /// Whether this is the program's own root, rather than a folder in which another is mounted.
  [[nodiscard]] bool is_own() const noexcept { return root_.empty(); }
  /// Whether the kernel answers there; false for a machine that is made of ordinary files.
  [[nodiscard]] bool is_live() const noexcept;
  [[nodiscard]] std::string_view root() const noexcept { return root_; }

 private:
  musubi::text<128> root_;
};

/// An open descriptor, closed at the end of its scope.
class descriptor {
 public:
  explicit descriptor(int fd = -1) noexcept : fd_(fd) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() { reset(); }
  [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int get() const noexcept { return fd_; }
  void reset(int fd = -1) noexcept;

 private:
  int fd_;
};

/// Whether a call that ended with `error` ran into a limit of this program or of the system, not
/// into something about the file.
[[nodiscard]] bool means_exhausted(int error) noexcept;
/// Whether a call that ended with `error` found nothing to read, rather than failed to read it:
/// there is no such file, no device behind it, nothing that it has to tell, or it is hidden from
/// this program.
[[nodiscard]] bool means_absent(int error) noexcept;

/// Reads the files of a machine for one look at it. What is not there is absent; when something was
/// there and could not be read, the look has `failed`, and does not tell what is gone.
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
  /// Whether it failed for want of descriptors or memory.
  [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }
  /// Takes note of the errno of a call that did not succeed.
  void note(int error) noexcept {
    failed_ = failed_ || !means_absent(error);
    exhausted_ = exhausted_ || means_exhausted(error);
  }
  /// Begins another look.
  void again() noexcept { failed_ = exhausted_ = false; }

  /// The first bytes of a file, as many as `into` holds; nothing when it is empty, not there or
  /// could not be read.
  [[nodiscard]] std::optional<std::string_view> read(const file_path& file,
                                                     std::span<char> into) noexcept;
  /// The first line of a file without the white space around it; nothing as above.
  [[nodiscard]] std::optional<std::string_view> line(const file_path& file,
                                                     std::span<char> into) noexcept;
  /// A file that holds one number; nothing when it holds something else.
  [[nodiscard]] std::optional<std::int64_t> number(const file_path& file) noexcept;
  /// The last part of what a symbolic link points to; nothing when it is none.
  [[nodiscard]] std::optional<std::string_view> link_name(const file_path& file,
                                                          std::span<char> into) noexcept;

 private:
  friend class line_reader;
  friend class folder_reader;
  [[nodiscard]] int open(const file_path& file, int extra_flags = 0) noexcept;
  [[nodiscard]] std::size_t read_some(int fd, std::span<char> into) noexcept;

  const file_tree& files_;
  descriptor root_;  // of a tree that is not the program's own, once it was needed
  bool failed_ = false;
  bool exhausted_ = false;
};

/// The lines of a file of any length, through one fixed buffer.
class line_reader {
 public:
  line_reader(file_reader& reader, const file_path& file) noexcept
      : reader_(reader), file_(reader.open(file)) {}
  /// Reads `second` where `first` is absent.
  line_reader(file_reader& reader, const file_path& first, const file_path& second) noexcept;
  /// False when the file could not be opened.
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(file_); }
  /// The next line without its end, valid until the next call; nothing at the end of the file. Of a
  /// line longer than the buffer the first part is given and the rest skipped.
  [[nodiscard]] std::optional<std::string_view> next() noexcept;
  /// Whether the kernel has changed the file since it was opened: a table of mounts, of which a
  /// part may have been missed.
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
