#pragma once
// Files of the room, as a browser asks for them.
#include "attachments.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chat_room {

/// GET /attachments/7
struct attachment_get {
  static constexpr std::string_view path = "/attachments/:id";

  musubi::status open(const musubi::get_request& request, musubi::get_answer& answer) noexcept;
  musubi::result<std::size_t> read(std::uint64_t offset, std::span<char> into) const noexcept;

 private:
  std::uint32_t id_ = 0;
};

}  // namespace chat_room
