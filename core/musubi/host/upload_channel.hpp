#pragma once
/// The sub-channel of one file (contract section 10.3): `musubi_upload:<entry_ref>`, joined with
/// the token of the preflight, over which the browser pushes chunks.

#include <musubi/page/upload.hpp>
#include <musubi/page/upload_line.hpp>
#include <musubi/phoenix/socket.hpp>

namespace musubi {

class connection;
class page;

/// Lives at the end of its file's block, behind it the names. Ended by whoever is first: the
/// browser, or the file.
class upload_channel final : public phoenix::channel, public upload_line {
 public:
  static constexpr std::string_view prefix = "musubi_upload:";

  // --- what the host links only where some store takes files ---

  /// An event on a root's channel; false when it is none of uploads.
  static bool root_event(page& root, const phoenix::frame& event) noexcept;
  static void join(connection& on, const phoenix::frame& join) noexcept;
  static void event(connection& on, phoenix::channel& to, const phoenix::frame& event) noexcept;
  static void ended(phoenix::channel& gone) noexcept;

 private:
  static constexpr std::size_t names_bytes =
      prefix.size() + upload::ref_bytes + upload::most_ref_bytes;

 public:
  /// Of a file's block.
  static constexpr std::size_t bytes();

 private:
  upload_channel(connection& owner, upload& file, std::span<char> names,
                 const phoenix::frame& join) noexcept
      : channel(names, *join.join_ref, join.topic), owner_(&owner), file_(&file) {}

  void reply_joined(std::string_view ref) noexcept override;
  void reply_progress(std::string_view ref, std::uint8_t percent) noexcept override;
  void refuse(std::string_view ref, std::string_view reason) noexcept override;
  void close(bool joined) noexcept override;

  connection* owner_;
  upload* file_;  // null once the file has closed it
};

constexpr std::size_t upload_channel::bytes() {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  return (sizeof(upload_channel) + names_bytes + alignment - 1) / alignment * alignment;
}

/// The way from a connection to the above; null where no store takes files.
struct upload_routes {
  bool (*root_event)(page& root, const phoenix::frame& event) noexcept;
  void (*join)(connection& on, const phoenix::frame& join) noexcept;
  void (*event)(connection& on, phoenix::channel& to, const phoenix::frame& event) noexcept;
  void (*ended)(phoenix::channel& gone) noexcept;
};

/// Only what names this links uploads.
inline constexpr upload_routes routes_of_uploads{&upload_channel::root_event, &upload_channel::join,
                                                 &upload_channel::event, &upload_channel::ended};

}  // namespace musubi
