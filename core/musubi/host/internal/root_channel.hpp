#pragma once
/// A joined channel that stands for a mounted root: the page's way to its client.

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include <musubi/memory/internal/round_up.hpp>
#include <musubi/phoenix/channel.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/page/internal/sink.hpp>

namespace musubi {

class connection;
struct join_info;

/// One declared root store: how to make its page.
struct root_type {
  std::string_view module;
  std::size_t page_bytes;
  /// Makes the page at `memory`, where its `page` begins; `socket` is the root's own copy, to be
  /// copied again.
  void (*make)(void* memory, page_resources& resources, page_sink& sink,
               const void* socket) noexcept;
};

/// Lives at the start of a block of the pool of pages; behind it the page, then the names.
class root_channel final : public page_sink, public phoenix::channel {
 public:
  static constexpr std::string_view prefix = "musubi:connection:";

  /// Mounts the root that a join asks for, or refuses the join (contract section 3.2).
  static void join(connection& on, const phoenix::frame& join) noexcept;
  /// The event "command" (contract section 4.3).
  static void command(page& root, const phoenix::frame& event) noexcept;

  [[nodiscard]] connection& owner() noexcept { return *owner_; }
  [[nodiscard]] inline page& mounted() const noexcept;
  /// The root of the same connection that was joined before this one; null behind the last.
  [[nodiscard]] root_channel* next_root() const noexcept { return first_of(next()); }
  /// The first root among `from` and the channels behind it; null if there is none.
  [[nodiscard]] static root_channel* first_of(channel* from) noexcept {
    while (from != nullptr && from->serves_as() != role::root) from = from->next();
    return static_cast<root_channel*>(from);
  }
  /// Does what had to wait. Ends the channel if its page has failed, and no other root's.
  void service() noexcept;

  void on_event(const phoenix::frame& event) noexcept override;
  void on_end(phoenix::end_reason why) noexcept override;

  [[nodiscard]] bool writable() const noexcept override;
  [[nodiscard]] bool takes_patch() const noexcept override;
  json::writer& out() noexcept override;
  void begin_reply(std::string_view ref, bool ok) noexcept override;
  void end_reply() noexcept override;
  void begin_patch() noexcept override;
  void end_patch() noexcept override;
  void write_root_id(json::writer& to) const noexcept override;
  [[nodiscard]] std::string_view plain_root_id() const noexcept override;
  [[nodiscard]] std::string_view id() const noexcept override {
    return {names() + id_at_, id_size_};
  }
  void service_wanted() noexcept override;

 private:
  root_channel(connection& owner, const root_type& type, trailing_text names,
               const phoenix::frame& join, std::string_view id) noexcept;

  // The steps of a join. They are functions of their own, never inlined, so that what one needs is
  // not on the stack while a store is mounted.
  static bool read(connection& on, const phoenix::frame& join, join_info& into) noexcept;
  static bool authorized(connection& on, const phoenix::frame& join, const join_info& info,
                         void* copy) noexcept;
  static const root_type* find_type(connection& on, const phoenix::frame& join,
                                    std::string_view module) noexcept;
  static root_channel* make(connection& on, const phoenix::frame& join, const root_type& type,
                            std::string_view id) noexcept;
  bool mount(const phoenix::frame& join, std::string_view params) noexcept;
  static void refuse_mount(connection& on, const phoenix::frame& join,
                           const mount_error& why) noexcept;
  void joined(const phoenix::frame& join) noexcept;
  /// The page is unmounted, or was not mounted: gives back all that it had.
  void discard() noexcept;

  std::uint16_t id_at_;  // in the names: at the end of the topic, or behind it
  std::uint16_t id_size_;
  std::uint16_t root_id_size_ = 0;  // if the topic ends with it and it needs no escape: a short way
  connection* owner_;
};
static_assert(sizeof(root_channel) <= (sizeof(void*) == 8 ? 48 : 32), "kept by every page");

/// Where the page stands behind its channel, aligned for anything.
inline constexpr std::size_t root_channel_bytes = round_up(sizeof(root_channel));

page& root_channel::mounted() const noexcept {
  auto* const block = reinterpret_cast<std::byte*>(const_cast<root_channel*>(this));
  return *std::launder(reinterpret_cast<page*>(block + root_channel_bytes));
}

}  // namespace musubi
