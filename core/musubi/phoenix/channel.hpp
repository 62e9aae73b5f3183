#pragma once
/// One joined topic of one socket.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/internal/trailing_text.hpp>
#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {

struct frame;

/// Why a channel ended; told to the store, and to the client by `phx_close` or `phx_error`.
enum class end_reason : std::uint8_t {
  left,            ///< the client sent phx_leave
  duplicate_join,  ///< the client joined the same topic again
  closed,          ///< the WebSocket ended
  failed,          ///< an error: `phx_error`, the client joins again
  shutdown,        ///< the host is going down
};

class channel;

/// A channel's place among those of its socket.
class channel_place {
 public:
  /// The channel that was joined before this one; null behind the last.
  [[nodiscard]] channel* next() const noexcept { return next_; }

 protected:
  constexpr channel_place() noexcept = default;
  ~channel_place() = default;

 private:
  friend class socket;
  channel* next_ = nullptr;
};

/// A joined topic: its identity on the wire, and the handling of its events.
class channel : public channel_place {
 public:
  /// What a channel is for: an application's class for each.
  enum class role : std::uint8_t { root, upload };

  explicit channel(role is) noexcept : role_(is) {}
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;
  [[nodiscard]] static std::size_t names_bytes(std::string_view join_ref,
                                               std::string_view topic) noexcept {
    return join_ref.size() + topic.size();
  }

  /// Neither name needs an escape, which is known only where there are short ways.
  [[nodiscard]] bool plain() const noexcept { return plain_; }
  [[nodiscard]] std::string_view join_ref() const noexcept { return {names(), join_ref_size_}; }
  [[nodiscard]] std::string_view topic() const noexcept {
    return {names() + join_ref_size_, topic_size_};
  }
  [[nodiscard]] role serves_as() const noexcept { return role_; }

  /// Handles an event from the client, with a usable payload. May end the channel.
  virtual void on_event(const frame& event) noexcept = 0;
  /// Called when it has ended and has been removed from its socket: destroys itself.
  virtual void on_end(end_reason why) noexcept = 0;

 protected:
  ~channel() = default;

  /// Stores join_ref and topic in `names`, behind the channel in its own block. Called first by a
  /// deriving constructor: by then the compiler has set the table of its virtual functions alone.
  void keep_names(trailing_text& names, std::string_view join_ref,
                  std::string_view topic) noexcept {
    names_at_ = static_cast<std::uint32_t>(names.add(join_ref).data() - address());
    join_ref_size_ = static_cast<std::uint16_t>(join_ref.size());
    topic_size_ = static_cast<std::uint16_t>(topic.size());
    plain_ = short_ways && stands_as_it_is(join_ref) && stands_as_it_is(topic);
    names.add(topic);
  }
  /// Where join_ref begins; the topic follows it, and then what else is stored in `names`.
  [[nodiscard]] const char* names() const noexcept { return address() + names_at_; }

 private:
  [[nodiscard]] const char* address() const noexcept { return reinterpret_cast<const char*>(this); }

  std::uint32_t names_at_ = 0;  // from this object on: half as long as a pointer
  std::uint16_t join_ref_size_ = 0;
  std::uint16_t topic_size_ = 0;
  role role_;
  bool plain_ = false;
};

}  // namespace musubi::phoenix
