#pragma once
/// Messages that wait for a page which is busy.

#include <cstddef>
#include <cstring>

#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/store/command/internal/command_message.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

class page;

/// One waiting message.
struct alignas(std::max_align_t) mail : queue_link<mail> {
  const context* to = nullptr;  ///< the target store, if it may be destroyed in the meantime
  void (*handle)(mail& self, page& on) noexcept = nullptr;
  /// Releases it, handled or not.
  void (*discard)(mail& self) noexcept = nullptr;
};

/// A command; its text follows in the same block.
struct command_mail : mail {
  command_message message{};
};

/// A message of a topic, whose copy follows in the same block.
struct topic_mail : mail {
  context* receiver = nullptr;
  void* store = nullptr;
  const detail::delivery* how = nullptr;
  [[nodiscard]] std::byte* content() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
};

}  // namespace musubi
