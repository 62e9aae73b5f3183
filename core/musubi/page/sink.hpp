#pragma once
/// Where a page's replies and patches go. The page knows no more of the wire than this.

#include <string_view>

#include <musubi/json/writer.hpp>

namespace musubi {

/// The page's side of its client. Messages are written whole, one at a time.
class page_sink {
 public:
  /// False while the client is behind: the page keeps what it has to say, and `page::service` is
  /// called when the client has caught up.
  [[nodiscard]] virtual bool writable() const noexcept = 0;
  /// What the messages are written with.
  [[nodiscard]] virtual json::writer& out() noexcept = 0;
  /// A reply to the request `ref`: its response is written between the two calls.
  virtual void begin_reply(std::string_view ref, bool ok) noexcept = 0;
  virtual void end_reply() noexcept = 0;
  /// An envelope is written between the two calls.
  virtual void begin_patch() noexcept = 0;
  virtual void end_patch() noexcept = 0;
  /// `module:id`, as the inside of a JSON string.
  virtual void write_root_id(json::writer& out) const noexcept = 0;
  [[nodiscard]] virtual std::string_view module() const noexcept = 0;
  [[nodiscard]] virtual std::string_view id() const noexcept = 0;
  /// The page has something to do: call `page::service` soon, not from inside this call.
  virtual void service_wanted() noexcept = 0;

 protected:
  ~page_sink() = default;
};

}  // namespace musubi
