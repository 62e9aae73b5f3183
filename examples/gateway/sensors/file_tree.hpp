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

  /// The first bytes of a file, as many as `into` holds; nothing when it cannot be read.
  [[nodiscard]] static std::optional<std::string_view> read(const file_path& file,
                                                            std::span<char> into) noexcept;
  /// The first line of a file without the white space around it; nothing when it cannot be read.
  [[nodiscard]] static std::optional<std::string_view> line(const file_path& file,
                                                            std::span<char> into) noexcept;
  /// A file that holds one number; nothing when it holds something else.
  [[nodiscard]] static std::optional<std::int64_t> number(const file_path& file) noexcept;
  /// The last part of what a symbolic link points to; nothing when it is none.
  [[nodiscard]] static std::optional<std::string_view> link_name(const file_path& file,
                                                                 std::span<char> into) noexcept;

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

/// The lines of a file of any length, through one fixed buffer.
class line_reader {
 public:
  explicit line_reader(const file_path& file) noexcept;
  /// False when the file could not be opened.
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(file_); }
  /// The next line without its end, valid until the next call; nothing at the end of the file. Of a
  /// line longer than the buffer the first part is given and the rest skipped.
  [[nodiscard]] std::optional<std::string_view> next() noexcept;

 private:
  [[nodiscard]] bool fill() noexcept;

  descriptor file_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool skipping_ = false;
  char buffer_[4096];
};

/// The names in a folder, in the order of the file system, without "." and "..".
class folder_reader {
 public:
  folder_reader() noexcept = default;
  explicit folder_reader(const file_path& folder) noexcept { open(folder); }
  /// Starts over with `folder`; false when it cannot be opened.
  bool open(const file_path& folder) noexcept;
  void close() noexcept { folder_.reset(); }
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(folder_); }
  /// The next name, valid until the next call; nothing at the end.
  [[nodiscard]] std::optional<std::string_view> next() noexcept;

 private:
  descriptor folder_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  alignas(8) char buffer_[4096];
};

}  // namespace gateway
