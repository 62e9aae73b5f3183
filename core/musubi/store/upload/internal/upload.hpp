#pragma once
/// One file on its way to a store.
///
///                  accepted
///                     |
///   external:      pending -- upload_progress --> uploading --> success    upload_error --> error
///   channel:       pending -- join: open_upload --> open -- chunks: sink.write --> success
///                     |                              |
///                  600 s: cancelled               chunk_timeout, too large, the sink failed: error
///                                                 the browser left: cancelled
///
/// Chunks are answered only while the page handles no other message. So no function of a store runs
/// while a handler of the page is suspended, and the browser sends no further chunks meanwhile.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/store/page/internal/late_operation.hpp>
#include <musubi/store/upload/internal/upload_line.hpp>
#include <musubi/store/upload/upload_type.hpp>

namespace musubi {

class upload_table;

/// In a block of the pool `uploads`, in front of its meta, its line and its names.
class upload final : public upload_entry,
                     public link,
                     private late_operation,
                     private upload_sink::waiter {
 public:
  upload(upload_table& table, context& owner, const detail::upload_type& type) noexcept;
  ~upload();

  /// Refs of phoenix.js are counted: 20 digits outlast any connection.
  static constexpr std::size_t most_ref_bytes = 20;

  // --- for the host ---
  [[nodiscard]] upload_table& table() noexcept { return *table_; }
  /// Where its line is to be made.
  [[nodiscard]] void* line_memory() noexcept;
  /// Whether a browser with that token may send the file now.
  [[nodiscard]] bool admits(std::string_view token) noexcept;
  /// The browser wants to send: `line` was made. It is answered now or later.
  void join(upload_line& line, std::string_view ref) noexcept;
  /// The next bytes. They are answered now or later.
  void chunk(std::string_view ref, std::span<const std::byte> bytes) noexcept;
  /// The browser has left, and the line is gone: what was not finished is cancelled.
  void left() noexcept;

 private:
  friend class upload_table;

  /// What the browser waits for an answer to; `end`: nothing, but an empty file is to be finished.
  enum class request : std::uint8_t { none, join, chunk, end };

  [[nodiscard]] bool finished() const noexcept {
    return status_ == upload_status::success || status_ == upload_status::error;
  }
  /// There is something to be done when the page has time.
  [[nodiscard]] bool due() const noexcept { return request_ != request::none && !sink_busy_; }
  void serve() noexcept;
  void serve_join() noexcept;
  void serve_bytes() noexcept;
  [[nodiscard]] upload_problem check(std::size_t bytes) const noexcept;
  /// Hands bytes, or their end, to the sink.
  template <class Call>
  void feed(Call&& call) noexcept;
  void settled(bool well) noexcept override;
  void watch(duration limit) noexcept;
  void expire() noexcept;

  void progressed(std::uint8_t percent) noexcept;
  void completed() noexcept;
  void failed(upload_problem why, std::string_view message = {}) noexcept;
  void close_line() noexcept;
  void release_sink() noexcept;
  void call_progress() noexcept;
  /// Its store goes: the sink is given back now, the rest when the page has time.
  void orphan() noexcept;

  [[nodiscard]] bool leaves(time_point now) noexcept override;
  void write(json::writer& out) const noexcept override;

  upload_table* table_;
  context* owner_;  // null when it is gone
  const detail::upload_type* type_;
  upload_line* line_ = nullptr;
  std::uint64_t received_ = 0;
  member_job<&upload::expire> expiry_{*this};
  timer timer_{expiry_};  // for a join, for a chunk, for the sink
  time_point expires_;    // its token
  time_point told_{};     // its progress, last
  text<most_ref_bytes> ref_of_request_;
  request request_ = request::none;
  upload_problem problem_ = upload_problem::none;  // with the chunk to be answered
  upload_step sink_said_ = upload_step::done;
  bool sink_busy_ = false;
  bool feeding_ = false;  // in a call of the sink
  bool joined_ = false;   // the join was answered
  bool ended_ = false;    // the sink was told that all is there
  bool told_once_ = false;
};

}  // namespace musubi
