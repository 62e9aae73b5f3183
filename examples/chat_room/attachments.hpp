#pragma once
// The files of the room: the newest 20, of at most 2 MB each, in memory that is set aside for them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/musubi.hpp>

namespace chat_room {

/// A file as a message shows it.
struct attachment_state {
  static constexpr std::string_view module = "ChatRoom.AttachmentState";
  musubi::text<120> name;  // the sender's name for it: a label, not unique
  musubi::text<32> content_type;
  std::int32_t size;
  musubi::text<24> url;
};

/// The place of one file. It is free, or takes a file from a browser, or keeps one.
class attachment final : public musubi::upload_sink {
 public:
  static constexpr std::uint32_t most_bytes = 2'000'000;

  attachment() noexcept = default;
  [[nodiscard]] bool is_free() const noexcept { return id_ == 0; }
  [[nodiscard]] bool is_kept() const noexcept { return is_kept_; }
  /// Unlike that of every other file, also of those that were here before.
  [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
  [[nodiscard]] std::span<const std::byte> content() const noexcept {
    return std::span(bytes_).first(size_);
  }
  [[nodiscard]] const attachment_state& state() const noexcept { return state_; }

  void begin(std::uint32_t id) noexcept;
  void keep(std::string_view name) noexcept;
  void drop() noexcept;

  musubi::upload_step write(std::span<const std::byte> bytes) noexcept override;
  void release() noexcept override;  // frees the place unless the file is kept

 private:
  std::uint32_t id_ = 0;
  bool is_kept_ = false;
  std::size_t size_ = 0;
  attachment_state state_{};
  std::array<std::byte, most_bytes> bytes_;  // untouched pages of it take no memory
};

class attachments {
 public:
  static constexpr std::size_t kept = 20;
  /// Files that arrive at the same time. A further one fails.
  static constexpr std::size_t arriving = 4;

  /// A place for a file that begins to arrive; null if too many do.
  [[nodiscard]] attachment* begin() noexcept;
  /// Keeps a file that has arrived, in place of the oldest if there are too many.
  const attachment_state& keep(attachment& arrived, std::string_view name) noexcept;
  /// Null if there is no such file, or not any more.
  [[nodiscard]] const attachment* find(std::uint32_t id) const noexcept;

 private:
  std::array<attachment, kept + arriving> places_;
  std::uint32_t last_ = 0;
};
inline attachments all_attachments;

}  // namespace chat_room
