#pragma once
/// The channels of one WebSocket, and the control events between them (contract section 1.4).

#include <cstdint>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/phoenix/channel.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {

/// Answers the control events, and hands the rest to the channel of its topic. A derived class
/// makes the channels.
class socket {
 public:
  /// Acts on one frame from the client. Every answer goes through the messages below.
  void receive(const frame& received) noexcept;

  /// A channel was joined.
  void add(channel& joined) noexcept {
    channels_.push_front(joined);
    ++count_;
  }
  /// Ends a channel that failed: `phx_error`, so that the client joins anew.
  void fail(channel& failed) noexcept;
  /// Ends a channel whose work is done: `phx_close`, if its join was answered.
  void finish(channel& done, bool joined) noexcept;

  [[nodiscard]] std::size_t channel_count() const noexcept { return count_; }
  [[nodiscard]] intrusive_list<channel>& channels() noexcept { return channels_; }

 protected:
  explicit socket(std::uint32_t max_channels) noexcept : max_channels_(max_channels) {}
  ~socket() = default;

  /// A topic is to be joined. Answers the join and, if it went well, has called `add`. False when
  /// there is no such topic, and nothing was answered.
  [[nodiscard]] virtual bool on_join(const frame& join) noexcept = 0;
  /// The payload of `bad` cannot be used, a join's if `on` is null: it is to be refused, and
  /// nothing else happens.
  virtual void on_bad_payload(const channel* on, const frame& bad) noexcept = 0;
  /// Opens a message to the client; every message is written between the two.
  virtual json::writer& begin_message() noexcept = 0;
  virtual void end_message() noexcept = 0;

  /// Ends all channels without a word: the WebSocket is gone.
  void end_all(end_reason why) noexcept;
  void refuse(const frame& request, ref join_ref, const refusal& why) noexcept;

 private:
  [[nodiscard]] channel* find(std::string_view topic) noexcept;
  void end(channel& ending, end_reason why, std::string_view event) noexcept;
  void join(const frame& received, channel* joined) noexcept;
  void reply_ok(const frame& request, ref join_ref) noexcept;

  intrusive_list<channel> channels_;
  std::uint32_t count_ = 0;
  std::uint32_t max_channels_;
};

}  // namespace musubi::phoenix
