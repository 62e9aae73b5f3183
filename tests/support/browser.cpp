#include "support/browser.hpp"

#include <gtest/gtest.h>

namespace musubi::test {

namespace {

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string frame(std::string_view join_ref, std::string_view ref, std::string_view topic,
                  std::string_view event, std::string_view payload) {
  return "[" + (join_ref.empty() ? "null" : in_quotes(join_ref)) + "," +
         (ref.empty() ? "null" : in_quotes(ref)) + "," + in_quotes(topic) + "," + in_quotes(event) +
         "," + std::string(payload) + "]";
}

std::string reply(std::string_view status, std::string_view response) {
  return "{\"status\":" + in_quotes(status) + ",\"response\":" + std::string(response) + "}";
}

}  // namespace

std::optional<std::string> response::field(std::string_view name) const {
  const std::string start = "\r\n" + std::string(name) + ": ";
  const std::size_t at = head.find(start);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t value = at + start.size();
  return head.substr(value, head.find("\r\n", value) - value);
}

root::root(browser& owner, std::string topic, std::string join_ref, std::string root_id)
    : browser_(&owner),
      topic_(std::move(topic)),
      join_ref_(std::move(join_ref)),
      root_id_(std::move(root_id)) {}

std::string root::push(std::string_view event, std::string_view payload) {
  return browser_->push(join_ref_, topic_, event, payload);
}

std::string root::command(std::string_view name, std::string_view payload) {
  return push("command", R"({"store_id":[],"name":)" + in_quotes(name) + R"(,"payload":)" +
                             std::string(payload) + "}");
}

std::string root::joined() const {
  return ok(join_ref_, R"({"root_id":)" + in_quotes(root_id_) + "}");
}
std::string root::ok(std::string_view ref, std::string_view response) const {
  return frame(join_ref_, ref, topic_, "phx_reply", reply("ok", response));
}
std::string root::refused(std::string_view ref, std::string_view response) const {
  return frame(join_ref_, ref, topic_, "phx_reply", reply("error", response));
}
std::string root::refused_for(std::string_view ref, std::string_view reason) const {
  return refused(ref, R"({"reason":)" + in_quotes(reason) + "}");
}
std::string root::patch(int version, std::string_view ops) const {
  return frame(join_ref_, {}, topic_, "patch",
               R"({"type":"patch","root_id":)" + in_quotes(root_id_) + R"(,"base_version":)" +
                   std::to_string(version - 1) + R"(,"version":)" + std::to_string(version) +
                   R"(,"ops":[)" + std::string(ops) +
                   R"(],"stream_ops":[],"upload_ops":[],"events":[]})");
}
std::string root::initial(std::string_view state) const {
  return patch(1, replace("", state));
}
std::string root::ended(std::string_view event) const {
  return frame(join_ref_, join_ref_, topic_, event, "{}");
}

std::string replace(std::string_view path, std::string_view value) {
  return R"({"op":"replace","path":)" + in_quotes(path) + R"(,"value":)" + std::string(value) + "}";
}

response browser::request(std::string_view text) {
  wire_->write(text);
  response answer;
  std::size_t head_end = std::string::npos;
  // over sockets one read may bring only a part
  while (head_end == std::string::npos) {
    const std::string more = wire_->read();
    received_ += more;
    head_end = received_.find("\r\n\r\n");
    if (more.empty()) break;
  }
  if (head_end == std::string::npos) return answer;
  answer.head = received_.substr(0, head_end + 2);
  received_.erase(0, head_end + 4);
  answer.status = std::stoi(answer.head.substr(9, 3));
  open_ = answer.status == 101;
  const bool head_only = text.starts_with("HEAD ");
  if (const auto length = answer.field("Content-Length"); length && !head_only) {
    const std::size_t size = std::stoul(*length);
    for (std::string more = " "; received_.size() < size && !more.empty(); received_ += more) {
      more = wire_->read();
    }
    answer.body = received_.substr(0, size);
    received_.erase(0, size);
  } else if (!length && answer.status == 200 && !head_only) {  // to the end of the stream
    while (!wire_->ended()) received_ += wire_->read();
    answer.body = std::exchange(received_, {});
  }
  return answer;
}

response browser::get(std::string_view path, std::string_view fields) {
  return request("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" +
                 std::string(fields) + "\r\n");
}

response browser::upgrade(const upgrade_request& wanted) {
  return request(upgrade_text(wanted));
}

bool browser::take_frame() {
  if (received_.size() < 2) return false;
  const auto byte = [this](std::size_t at) {
    return std::size_t{static_cast<unsigned char>(received_[at])};
  };
  const std::size_t opcode = byte(0) & 0x0F;
  const bool fin = (byte(0) & 0x80) != 0;
  EXPECT_EQ(byte(0) & 0x70, 0U) << "the server set a reserved bit";
  EXPECT_EQ(byte(1) & 0x80, 0U) << "the server masked a frame";
  std::size_t header = 2;
  std::size_t size = byte(1);
  if (size >= 126) {
    const std::size_t digits = size == 126 ? 2 : 8;
    header += digits;
    if (received_.size() < header) return false;
    size = 0;
    for (std::size_t i = 0; i < digits; ++i) size = size << 8U | byte(2 + i);
  }
  if (received_.size() < header + size) return false;
  const std::string payload = received_.substr(header, size);
  received_.erase(0, header + size);
  EXPECT_EQ(close_code_, 0) << "the server sent something after its close frame";
  switch (opcode) {
    case 0x8:
      close_code_ = 1005;
      if (size >= 2) {
        close_code_ = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8U |
                                                 static_cast<unsigned char>(payload[1]));
        close_reason_ = payload.substr(2);
      }
      return true;
    case 0xA:
      pong_ = payload;
      return true;
    case 0x0:
      EXPECT_NE(pieces_, 0U) << "a continuation of nothing";
      break;
    default:
      EXPECT_TRUE(opcode == 0x1 || opcode == 0x2) << "opcode " << opcode;
      EXPECT_EQ(pieces_, 0U) << "a message inside of a message";
  }
  message_ += payload;
  ++pieces_;
  if (fin) messages_.push_back({std::exchange(message_, {}), std::exchange(pieces_, 0)});
  return true;
}

bool browser::take_frames() {
  if (!open_) {  // an upgrade may be answered later than it was waited for
    const std::size_t head_end = received_.find("\r\n\r\n");
    if (head_end == std::string::npos || !received_.starts_with("HTTP/1.1 101 ")) return false;
    received_.erase(0, head_end + 4);
    open_ = true;
  }
  bool any = false;
  while (take_frame()) any = true;
  return any;
}

std::string browser::next() {
  take_frames();
  while (messages_.empty()) {
    const std::string more = wire_->read();
    received_ += more;
    if (!take_frames() && more.empty()) return {};
  }
  const whole first = std::move(messages_.front());
  messages_.pop_front();
  fragments_ = first.fragments;
  return first.text;
}

std::string browser::all() {
  std::string lines;
  for (std::string each = next(); !each.empty(); each = next()) lines += each + "\n";
  return lines;
}

std::uint16_t browser::close_code() {
  while (close_code_ == 0) {
    const std::string more = wire_->read();
    received_ += more;
    take_frames();
    if (more.empty()) break;
  }
  return close_code_;
}

bool browser::ended() {
  for (std::string more = wire_->read(); !more.empty(); more = wire_->read()) received_ += more;
  take_frames();
  return wire_->ended();
}

std::optional<std::string> browser::pong() {
  received_ += wire_->read();
  take_frames();
  return std::exchange(pong_, std::nullopt);
}

std::string browser::push(std::string_view join_ref, std::string_view topic, std::string_view event,
                          std::string_view payload) {
  const std::string used = ref();
  say(frame(join_ref, used, topic, event, payload));
  return used;
}

root browser::join(std::string_view module, std::string_view id, std::string_view params) {
  const std::string used = ref();
  const std::string root_id = std::string(module) + ":" + std::string(id);
  const std::string topic = "musubi:connection:" + root_id;
  say(frame(used, used, topic, "phx_join",
            R"({"module":)" + in_quotes(module) + R"(,"id":)" + in_quotes(id) + R"(,"params":)" +
                std::string(params) + "}"));
  return {*this, topic, used, root_id};
}

root browser::mounted(std::string_view module, std::string_view id, std::string_view params) {
  root made = join(module, id, params);
  EXPECT_EQ(next(), made.joined());
  EXPECT_TRUE(next().starts_with(made.initial("{").substr(0, 60)));
  return made;
}

}  // namespace musubi::test
