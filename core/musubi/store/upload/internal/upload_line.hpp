#pragma once
/// The sub-channel of an incoming file, as seen by its page.

#include <cstdint>
#include <string_view>

namespace musubi {

/// Created by the host in the file's block. It notifies the file when the browser leaves.
class upload_line {
 public:
  /// Replies to the join, or to a chunk with the progress.
  virtual void reply_joined(std::string_view ref) noexcept = 0;
  virtual void reply_progress(std::string_view ref, std::uint8_t percent) noexcept = 0;
  virtual void refuse(std::string_view ref, std::string_view reason) noexcept = 0;
  /// Ends the sub-channel, `joined` or not yet, and destroys this object.
  virtual void close(bool joined) noexcept = 0;

 protected:
  ~upload_line() = default;
};

}  // namespace musubi
