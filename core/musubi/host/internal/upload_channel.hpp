#pragma once
/// The sub-channel of one file (contract section 10.3): `musubi_upload:<entry_ref>`, joined with
/// the token of the preflight, over which the browser pushes chunks.

#include <cstddef>
#include <string_view>

#include <musubi/memory/internal/round_up.hpp>
#include <musubi/phoenix/channel.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/store/upload/internal/upload.hpp>
#include <musubi/store/upload/internal/upload_line.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

class connection;

/// Lives at the end of its file's block, before the names. Ended by the browser or by the file.
class upload_channel final : public phoenix::channel, public upload_line {
 public:
  static constexpr std::string_view prefix = "musubi_upload:";

  /// Creates the sub-channel for a join, or refuses the join.
  static void join(connection& on, const phoenix::frame& join) noexcept;
  /// Handles a browser's upload requests on the channel of a root.
  template <upload_event What>
  static void request(page& root, const phoenix::frame& event) noexcept {
    request(What, root, event);
  }
  /// Of a file's block.
  static constexpr std::size_t bytes();

  void on_event(const phoenix::frame& event) noexcept override;
  void on_end(phoenix::end_reason why) noexcept override;

 private:
  static constexpr std::size_t names_bytes =
      prefix.size() + upload::ref_bytes + upload::most_ref_bytes;

  upload_channel(connection& owner, upload& file, trailing_text names,
                 const phoenix::frame& join) noexcept;
  static void request(upload_event what, page& root, const phoenix::frame& event) noexcept;
  /// The file of this browser's roots that a topic names; or null.
  static upload* find_file(connection& on, std::string_view topic) noexcept;

  void reply_joined(std::string_view ref) noexcept override;
  void reply_progress(std::string_view ref, std::uint8_t percent) noexcept override;
  void refuse(std::string_view ref, std::string_view reason) noexcept override;
  void close(bool joined) noexcept override;

  connection* owner_;
  upload* file_;  // null once the file has closed it
};

constexpr std::size_t upload_channel::bytes() {
  return round_up(sizeof(upload_channel) + names_bytes);
}

}  // namespace musubi
