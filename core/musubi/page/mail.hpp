#pragma once
/// Messages that wait for a page whose handler is suspended.

#include <cstddef>
#include <cstring>

#include <musubi/page/command_message.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

/// One waiting message; its content follows it in the same block.
struct alignas(std::max_align_t) mail {
  mail* next = nullptr;
  void* store = nullptr;                  // of a topic's message
  const detail::delivery* how = nullptr;  // of a topic's message; null for a command
  command_message command{};              // of a command; views into this block

  [[nodiscard]] std::byte* content() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
};

}  // namespace musubi
