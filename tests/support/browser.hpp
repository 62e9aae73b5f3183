#pragma once
/// A browser as the server sees it: HTTP requests, a WebSocket, Phoenix channels.

#include "support/byte_pipe.hpp"
#include "support/client_bytes.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::test {

/// An HTTP response.
struct response {
  int status = 0;  ///< 0: none came
  std::string head;
  std::string body;
  /// The value of a field, in the case it was sent in; nothing when it is not there.
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

class browser;

/// One root that a browser mounts: builds what is sent and what is expected.
class root {
 public:
  root(browser& owner, std::string topic, std::string join_ref, std::string root_id);
  /// Sends a command; answers its ref.
  std::string command(std::string_view name, std::string_view payload = "{}");
  std::string push(std::string_view event, std::string_view payload);
  std::string leave() { return push("phx_leave", "{}"); }

  // what is expected of the server, as text
  [[nodiscard]] std::string joined() const;
  [[nodiscard]] std::string ok(std::string_view ref, std::string_view response = "{}") const;
  [[nodiscard]] std::string refused(std::string_view ref, std::string_view response) const;
  /// `{"reason": reason}` as the response.
  [[nodiscard]] std::string refused_for(std::string_view ref, std::string_view reason) const;
  /// The envelope that makes `version` of the one before.
  [[nodiscard]] std::string patch(int version, std::string_view ops) const;
  [[nodiscard]] std::string initial(std::string_view state) const;
  [[nodiscard]] std::string error() const { return ended("phx_error"); }
  [[nodiscard]] std::string closed() const { return ended("phx_close"); }
  [[nodiscard]] const std::string& join_ref() const { return join_ref_; }
  [[nodiscard]] const std::string& topic() const { return topic_; }

 private:
  [[nodiscard]] std::string ended(std::string_view event) const;
  browser* browser_;
  std::string topic_;
  std::string join_ref_;
  std::string root_id_;
};

/// One `add`, `replace` or `remove`, for `root::patch`.
[[nodiscard]] std::string replace(std::string_view path, std::string_view value);

/// A client over any byte pipe.
class browser {
 public:
  explicit browser(std::unique_ptr<byte_pipe> wire) : wire_(std::move(wire)) {}

  [[nodiscard]] byte_pipe& wire() { return *wire_; }
  /// Sends a request and takes the response.
  response request(std::string_view text);
  response get(std::string_view path, std::string_view fields = {});
  response upgrade(const upgrade_request& wanted = {});

  /// Sends one whole text message.
  void say(std::string_view text) { wire_->write(client_text(text)); }
  void send(std::string_view bytes) { wire_->write(bytes); }
  /// The next message of the server; empty when there is none.
  std::string next();
  /// Everything that has come, one message a line.
  std::string all();
  /// True when nothing has come.
  bool silent() { return next().empty(); }
  /// The code of the server's close frame: 0 when there was none, 1005 when it had none.
  std::uint16_t close_code();
  [[nodiscard]] const std::string& close_reason() const { return close_reason_; }
  /// True when the server has ended the connection.
  bool ended();
  /// Payload of the latest pong.
  std::optional<std::string> pong();
  /// Frames that the latest message of `next` came in.
  [[nodiscard]] std::size_t fragments() const { return fragments_; }
  void close() { wire_->close(); }

  // Phoenix channels; refs are counted as phoenix.js does
  std::string ref() { return std::to_string(++refs_); }
  /// `[join_ref,ref,topic,event,payload]`; answers the ref. An empty join_ref is null.
  std::string push(std::string_view join_ref, std::string_view topic, std::string_view event,
                   std::string_view payload);
  std::string heartbeat() { return push({}, "phoenix", "heartbeat", "{}"); }
  /// Joins `musubi:connection:<module>:<id>`.
  root join(std::string_view module, std::string_view id = "main", std::string_view params = "{}");
  /// Joins and takes reply and initial envelope, without looking at them.
  root mounted(std::string_view module, std::string_view id = "main",
               std::string_view params = "{}");

 private:
  bool take_frames();
  bool take_frame();

  std::unique_ptr<byte_pipe> wire_;
  std::string received_;
  std::string message_;
  std::size_t pieces_ = 0;
  struct whole {
    std::string text;
    std::size_t fragments;
  };
  std::deque<whole> messages_;
  std::optional<std::string> pong_;
  std::uint16_t close_code_ = 0;
  std::string close_reason_;
  std::size_t fragments_ = 0;
  int refs_ = 0;
  bool open_ = false;  // as a WebSocket
};

}  // namespace musubi::test
