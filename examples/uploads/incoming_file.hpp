#pragma once
// A file that comes from a browser, on a computer with files.
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/store/upload_sink.hpp>

/// What a file is called in its folder.
using file_name = musubi::text<80>;

/// Written under a name of its own, and gone again unless it is kept: so a folder never has half a
/// file in it, whatever ends the upload. A write goes to the system's memory, not to the disk;
/// where that is not so, answer `later` and write from another thread.
class incoming_file final : public musubi::upload_sink {
 public:
  incoming_file() noexcept = default;
  ~incoming_file() { release(); }

  /// Begins a file in `folder`; `unique` is the ref of its upload. False with errno set.
  [[nodiscard]] bool begin(std::string_view folder, std::string_view unique) noexcept;
  [[nodiscard]] bool in_use() const noexcept { return in_use_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Gives it a name in its folder: `name`, or one like it ("image-2.jpg") where that is taken. No
  /// other file is replaced. Nothing, with errno set, when it cannot be kept.
  [[nodiscard]] std::optional<file_name> keep_as(std::string_view name) noexcept;

  musubi::upload_step write(std::span<const std::byte> bytes) noexcept override;
  musubi::upload_step finish() noexcept override;
  void release() noexcept override;

 private:
  void close() noexcept;

  musubi::text<200> folder_;
  musubi::text<240> path_;  // while it has not been kept; ends with a NUL
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
  bool in_use_ = false;
};

/// A name that is good in any folder, from one that a browser made up: letters, digits, dots,
/// dashes and underscores, at most 64, none of them a dot in front.
[[nodiscard]] musubi::text<64> safe_name(std::string_view client_name) noexcept;
