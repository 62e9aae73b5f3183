#pragma once
/// The channels of one WebSocket, and the control events between them (contract section 1.4).

#include <cstddef>
#include <string_view>

#include <musubi/phoenix/channel.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {

/// Answers the control events, and passes other events to the channel of their topic. A derived
/// class creates the channels.
class socket {
 public:
  /// Handles one frame from the client. Replies are written through the functions below.
  void receive(const frame& received) noexcept;

  /// A channel was joined.
  void add(channel& joined) noexcept {
    joined.next_ = channels_;
    channels_ = &joined;
  }
  /// Ends a channel that failed: `phx_error`, so that the client joins again.
  void fail(channel& failed) noexcept;
  /// Ends a channel that is finished: `phx_close`, if its join was answered.
  void finish(channel& done, bool joined) noexcept;

  /// The channel that was joined last; null if there is none.
  [[nodiscard]] channel* first_channel() const noexcept { return channels_; }
  [[nodiscard]] std::size_t channel_count() const noexcept;

 protected:
  ~socket() = default;

  /// How many channels may be joined at once.
  [[nodiscard]] virtual std::size_t most_channels() const noexcept = 0;
  /// Handles a join: replies to it and, on success, calls `add`. Returns false, without a reply,
  /// when there is no such topic.
  [[nodiscard]] virtual bool on_join(const frame& join) noexcept = 0;
  /// Refuses `bad`, whose payload is unusable; it is a join if `on` is null. Has no other effect.
  virtual void on_bad_payload(const channel* on, const frame& bad) noexcept = 0;
  /// Begins and ends a message to the client; every message is written in between.
  virtual json::writer& begin_message() noexcept = 0;
  virtual void end_message() noexcept = 0;

  /// Ends all channels without sending anything: the WebSocket has ended.
  void end_all(end_reason why) noexcept;
  void refuse(const frame& request, ref join_ref, const refusal& why) noexcept;

 private:
  [[nodiscard]] channel* find(std::string_view topic) const noexcept;
  void remove(const channel& gone) noexcept;
  /// `event` is sent before, if it is not null.
  void end(channel& ending, end_reason why, const char* event) noexcept;
  void join(const frame& received, channel* joined) noexcept;
  void reply_ok(const frame& request, ref join_ref) noexcept;
  void refuse_with(const frame& request, ref join_ref, const char* why) noexcept;
  void unmatched(const frame& request) noexcept;

  channel* channels_ = nullptr;
};

}  // namespace musubi::phoenix
