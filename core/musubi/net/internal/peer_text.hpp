#pragma once

#include <cstddef>
#include <string_view>

#include <musubi/net/stream.hpp>

namespace musubi::net {

/// The address of a stream's peer as text; empty without a stream.
class peer_text {
 public:
  explicit peer_text(const stream* of) noexcept : size_(of != nullptr ? of->peer(room_) : 0) {}
  operator std::string_view() const noexcept { return {room_, size_}; }

 private:
  char room_[64];  // "[2001:db8:...:7]:51234" is 47 at most
  std::size_t size_;
};

}  // namespace musubi::net
