#pragma once
/// The sub-channel over which a file comes, as far as its page knows it.

#include <cstdint>
#include <string_view>

namespace musubi {

/// Made by the host in the file's own block. It tells the file when the browser leaves.
class upload_line {
 public:
  /// Answers the join, or a chunk with how far the file has come.
  virtual void reply_joined(std::string_view ref) noexcept = 0;
  virtual void reply_progress(std::string_view ref, std::uint8_t percent) noexcept = 0;
  virtual void refuse(std::string_view ref, std::string_view reason) noexcept = 0;
  /// Ends the sub-channel, `joined` or still to be joined, and destroys this.
  virtual void close(bool joined) noexcept = 0;

 protected:
  ~upload_line() = default;
};

}  // namespace musubi
