#pragma once
/// One joined topic of one socket.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <musubi/memory/intrusive_list.hpp>

namespace musubi::phoenix {

/// A joined topic: what identifies it on the wire. Who derives from it holds what it stands for.
class channel : public link {
 public:
  /// Keeps join_ref and topic in `names`, whose first `names_bytes(...)` bytes are its own from now
  /// on.
  channel(std::span<char> names, std::string_view join_ref, std::string_view topic) noexcept
      : names_(names.data()),
        join_ref_size_(static_cast<std::uint16_t>(join_ref.size())),
        topic_size_(static_cast<std::uint16_t>(topic.size())) {
    std::memcpy(names_, join_ref.data(), join_ref.size());
    std::memcpy(names_ + join_ref.size(), topic.data(), topic.size());
  }
  [[nodiscard]] static std::size_t names_bytes(std::string_view join_ref,
                                               std::string_view topic) noexcept {
    return join_ref.size() + topic.size();
  }

  [[nodiscard]] std::string_view join_ref() const noexcept { return {names_, join_ref_size_}; }
  [[nodiscard]] std::string_view topic() const noexcept {
    return {names_ + join_ref_size_, topic_size_};
  }

 protected:
  ~channel() = default;

 private:
  char* names_;
  std::uint16_t join_ref_size_;
  std::uint16_t topic_size_;
};

}  // namespace musubi::phoenix
