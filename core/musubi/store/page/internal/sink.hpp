#pragma once
/// The destination of a page's replies and patches, and all that a page knows of the wire.

#include <string_view>

#include <musubi/json/internal/writer.hpp>

namespace musubi {

/// A page's client. Messages are written completely, one at a time.
class page_sink {
 public:
  /// False while the client is behind: the page then queues its output, and `page::service` is
  /// called when the client has caught up.
  [[nodiscard]] virtual bool writable() const noexcept = 0;
  /// False also while a patch would have to wait for room in the network's buffers: it is then made
  /// later, of the newest state, when `page::service` is called. Replies do not wait for that.
  [[nodiscard]] virtual bool takes_patch() const noexcept { return writable(); }
  /// The writer for messages.
  [[nodiscard]] virtual json::writer& out() noexcept = 0;
  /// Begins and ends a reply to the request `ref`; its response is written in between.
  virtual void begin_reply(std::string_view ref, bool ok) noexcept = 0;
  virtual void end_reply() noexcept = 0;
  /// Begins and ends an envelope, which is written in between.
  virtual void begin_patch() noexcept = 0;
  virtual void end_patch() noexcept = 0;
  /// `module:id`, as the inside of a JSON string.
  virtual void write_root_id(json::writer& out) const noexcept = 0;
  /// The same for a short way: empty where it needs an escape, or does not stand in one piece.
  [[nodiscard]] virtual std::string_view plain_root_id() const noexcept { return {}; }
  [[nodiscard]] virtual std::string_view id() const noexcept = 0;
  /// The page has work: `page::service` must be called soon, but not from within this call.
  virtual void service_wanted() noexcept = 0;

 protected:
  ~page_sink() = default;
};

}  // namespace musubi
