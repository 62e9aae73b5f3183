#pragma once
// A file from a browser, stored in a file system.
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/musubi.hpp>

/// The name of a file in its folder.
using file_name = musubi::text<80>;

/// Written under a temporary name and removed unless it is kept, so the folder never contains a
/// partial file, however the upload ends. Writes go to the page cache, not to the disk; where they
/// would block, return `later` and write from another thread.
class incoming_file final : public musubi::upload_sink {
 public:
  incoming_file() noexcept = default;
  ~incoming_file() { release(); }

  /// Creates a file in `folder`; `unique` is the ref of its upload. Returns false with errno set on
  /// error.
  [[nodiscard]] bool begin(std::string_view folder, std::string_view unique) noexcept;
  [[nodiscard]] bool in_use() const noexcept { return in_use_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Gives it its final name in the folder: `name`, or a similar one ("image-2.jpg") if that
  /// exists. Never replaces another file. Returns nothing, with errno set, on error.
  [[nodiscard]] std::optional<file_name> keep_as(std::string_view name) noexcept;

  musubi::upload_step write(std::span<const std::byte> bytes) noexcept override;
  musubi::upload_step finish() noexcept override;
  void release() noexcept override;

 private:
  void close() noexcept;

  musubi::text<200> folder_;
  musubi::text<240> path_;  // until it is kept; null-terminated
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
  bool in_use_ = false;
};

/// Turns a name from a browser into one that is safe in any folder: at most 64 letters, digits,
/// dots, dashes and underscores, not starting with a dot.
[[nodiscard]] musubi::text<64> safe_name(std::string_view client_name) noexcept;
