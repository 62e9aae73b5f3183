#include <algorithm>
#include <array>
#include <cstring>

#include <musubi/json/internal/members.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/remote/remote_server.hpp>

namespace musubi {

namespace {

using net::websocket::opcode;

/// Pauses before the connection is opened again (contract section 1.5).
constexpr std::array<duration, 10> pauses{
    std::chrono::milliseconds(10),   std::chrono::milliseconds(50),
    std::chrono::milliseconds(100),  std::chrono::milliseconds(150),
    std::chrono::milliseconds(200),  std::chrono::milliseconds(250),
    std::chrono::milliseconds(500),  std::chrono::milliseconds(1000),
    std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};
/// Reads in one turn, so that others get theirs.
constexpr int reads_per_turn = 16;
/// A ping may stand between the fragments of a message.
constexpr std::size_t beside_message = net::websocket::max_server_header +
                                       net::websocket::max_control_payload +
                                       net::websocket::max_server_header;

struct parts {
  std::byte* in;
  std::byte* out;
  std::byte* text;
  arena tree;
  block_pool blocks;
};

parts carve(carver& memory, const remote_limits& limits) noexcept {
  parts made{};
  made.in = memory.take(limits.message_bytes + beside_message);
  made.out = memory.take(limits.outgoing_bytes);
  made.text = memory.take(limits.state_bytes + json::output::reserve_limit);
  made.tree = arena("tree_bytes", memory, limits.tree_bytes);
  made.blocks = block_pool("roots", memory, limits.state_bytes, limits.roots, 1);
  return made;
}

}  // namespace

std::size_t remote_server::bytes(const remote_limits& limits) noexcept {
  carver measure;
  (void)carve(measure, limits);
  return measure.used();
}

remote_server::remote_server(runtime& loop, net::connector& net, const remote_address& address,
                             const remote_limits& limits, std::byte* memory) noexcept
    : loop_(loop), net_(net), address_(address), limits_(limits), frames_(net) {
  carver from(memory);
  const parts made = carve(from, limits);
  in_ = {made.in, limits.message_bytes + beside_message};
  out_ = {made.out, limits.outgoing_bytes};
  text_ = {reinterpret_cast<char*>(made.text), limits.state_bytes + json::output::reserve_limit};
  tree_ = made.tree;
  blocks_ = made.blocks;
}

remote_server::~remote_server() {
  if (stream_ == nullptr) return;
  if (phase_ == phase::open) {
    constexpr std::array<std::byte, 2> normal{std::byte{0x03}, std::byte{0xE8}};  // 1000
    (void)send_control(opcode::close, normal);
  }
  if (stream_ != nullptr) stream_->close();
}

// --- roots and calls ---

void remote_server::add(remote_root& root) noexcept {
  roots_.push_back(root);
  if (phase_ == phase::open) {
    root.join();
  } else if (phase_ == phase::idle) {
    phase_ = phase::waiting;
    loop_.arm_after(timer_, duration::zero());
  }
}

std::uint32_t remote_server::calls_under_way() noexcept {
  std::uint32_t count = 0;
  for ([[maybe_unused]] const remote_call& each : calls_) ++count;
  return count;
}

void remote_server::end_calls(const remote_root* root, std::string_view why) noexcept {
  // the end of one may end others: those concerned are set aside first
  intrusive_list<remote_call> ended;
  for (auto each = calls_.begin(); each != calls_.end();) {
    remote_call& call = *each;
    ++each;
    if (root != nullptr && call.to_ != root) continue;
    call.unlink();
    ended.push_back(call);
  }
  while (remote_call* const next = ended.pop_front()) {
    next->late_.cancel();
    next->outcome_ = remote_outcome::lost;
    next->finished(why);
  }
}

// --- the connection ---

void remote_server::connect() noexcept {
  stream_ = net_.open();
  if (stream_ == nullptr) return lose("there is no stream to connect with");
  stream_->attach(*this);
  phase_ = phase::opening;
  loop_.arm_after(timer_, address_.timeout);
  request_upgrade();
}

void remote_server::request_upgrade() noexcept {
  std::array<std::byte, 16> random;
  net_.entropy(random);
  key_ = net::http::make_websocket_key(random);
  // the path of a socket has "/websocket" behind it, and its query the version of the serializer
  const std::size_t query = address_.target.find('?');
  const std::string_view path = slice(address_.target, 0, query);
  const std::string_view params =
      query == std::string_view::npos ? std::string_view() : slice(address_.target, query + 1);
  char room[1024];
  json::buffer_output target(room, sizeof room);
  target.append(path);
  target.append("/websocket?");
  target.append(params);
  if (!params.empty()) target.append('&');
  target.append("vsn=2.0.0");
  const std::span<char> out(reinterpret_cast<char*>(out_.data()), out_.size());
  to_send_ = target.failed() ? 0
                             : net::http::write_upgrade_request(
                                   out, {address_.host, target.view(), address_.token}, key_);
  sent_ = 0;
  if (to_send_ == 0) return lose("the address or the token is too long");
  flush();
}

void remote_server::lose(std::string_view why, std::string_view more, remote_status now) noexcept {
  if (stream_ != nullptr) stream_->close();
  stream_ = nullptr;
  phase_ = phase::waiting;
  why_ = remote_reason::clipped(why, more);
  filled_ = assembled_ = to_send_ = sent_ = 0;
  in_message_ = false;
  heartbeat_ = 0;
  loop_.arm_after(timer_, pauses[tries_]);
  if (tries_ + 1U < pauses.size()) ++tries_;
  end_calls(nullptr, "the connection has ended");
  // whoever is told may unmount others: each is back in its list before it is told
  intrusive_list<remote_root> untold;
  while (remote_root* const each = roots_.pop_front()) untold.push_back(*each);
  while (remote_root* const each = untold.pop_front()) {
    roots_.push_back(*each);
    each->lost(now, {});
  }
}

void remote_server::ended(std::string_view why) noexcept {
  const std::string_view known = net_.why();
  lose(known.empty() ? why : known);
}

void remote_server::on_broken() noexcept {
  if (stream_ != nullptr) {
    ended(phase_ == phase::opening ? std::string_view("the server cannot be reached")
                                   : "the connection has ended");
  }
}

void remote_server::protocol_error(std::uint16_t code, std::string_view why) noexcept {
  const std::array<std::byte, 2> payload{static_cast<std::byte>(code >> 8U),
                                         static_cast<std::byte>(code & 0xFFU)};
  (void)send_control(opcode::close, payload);
  lose("the server breaks the protocol: ", why);
}

void remote_server::on_timer() noexcept {
  switch (phase_) {
    case phase::idle:
      return;
    case phase::waiting:
      return connect();
    case phase::opening:
      return lose("the server cannot be reached in time");
    case phase::upgrading:
      return lose("the server did not answer in time");
    case phase::open:
      return beat();
  }
}

void remote_server::beat() noexcept {
  if (heartbeat_ != 0) return lose("the server does not answer heartbeats");
  heartbeat_ = next_ref();
  json::buffer_output to = begin_text();
  json::writer out(to);
  out.raw("[null,\"");
  out.number(heartbeat_);
  out.raw("\",\"phoenix\",\"heartbeat\",{}]");
  if (!end_text(to)) return lose("the server does not read");
  loop_.arm_after(timer_, address_.heartbeat);
}

void remote_server::on_writable() noexcept {
  flush();
}

void remote_server::flush() noexcept {
  if (stream_ == nullptr) return;
  while (sent_ != to_send_) {
    const net::io_result wrote = stream_->try_write(out_.subspan(sent_, to_send_ - sent_));
    sent_ += wrote.bytes;
    if (wrote.outcome == net::io::would_block) return stream_->want_write();
    // deferred: whoever sends must not find the connection gone on return
    if (wrote.outcome == net::io::closed) return loop_.push(broken_job_);
  }
  to_send_ = sent_ = 0;
  if (phase_ != phase::opening) return;
  phase_ = phase::upgrading;
  stream_->want_read();
}

json::buffer_output remote_server::begin_text() noexcept {
  if (sent_ != 0) {
    std::memmove(out_.data(), out_.data() + sent_, to_send_ - sent_);
    to_send_ -= sent_;
    sent_ = 0;
  }
  // in front of it there is room for its header
  const std::size_t begin = std::min(to_send_ + net::websocket::max_client_header, out_.size());
  return {reinterpret_cast<char*>(out_.data()) + begin, out_.size() - begin};
}

bool remote_server::end_text(const json::buffer_output& text) noexcept {
  if (text.failed()) return false;
  const std::size_t size =
      frames_.write(out_.subspan(to_send_), opcode::text, std::as_bytes(std::span(text.view())));
  to_send_ += size;
  flush();
  return size != 0;
}

bool remote_server::send_control(opcode op, std::span<const std::byte> payload) noexcept {
  (void)begin_text();
  const std::size_t size = frames_.write(out_.subspan(to_send_), op, payload);
  to_send_ += size;
  flush();
  return size != 0;
}

void remote_server::on_readable() noexcept {
  for (int reads = 0; reads < reads_per_turn; ++reads) {
    const auto room = in_.subspan(filled_);
    const net::io_result got = stream_->try_read(room);
    filled_ += got.bytes;
    if (got.bytes != 0) process();
    if (stream_ == nullptr) return;
    if (got.outcome == net::io::closed) {
      return ended(phase_ == phase::open ? std::string_view("the connection has ended")
                                         : "the server has ended the connection unasked");
    }
    if (got.outcome == net::io::would_block) break;
  }
  stream_->want_read();
}

void remote_server::process() noexcept {
  if (phase_ == phase::upgrading && !process_answer()) return;
  while (phase_ == phase::open && process_frame()) {
  }
}

bool remote_server::process_answer() noexcept {
  using kind = net::http::upgrade_answer::kind;
  const auto answer =
      net::http::read_upgrade_answer({reinterpret_cast<const char*>(in_.data()), filled_}, key_);
  switch (answer.what) {
    case kind::incomplete:
      if (filled_ == in_.size()) lose("the server's answer is longer than message_bytes");
      return false;
    case kind::refused:
      lose("the server refuses the connection with ", decimal(answer.status),
           answer.status / 100 == 4 ? remote_status::refused : remote_status::reconnecting);
      return false;
    case kind::malformed:
      lose("this is no Musubi server: ", answer.reason);
      return false;
    case kind::accepted:
      break;
  }
  drop_front(0, answer.consumed);
  phase_ = phase::open;
  ++opened_;
  loop_.arm_after(timer_, address_.heartbeat);
  for (auto each = roots_.begin(); each != roots_.end() && phase_ == phase::open;) {
    remote_root& root = *each;
    ++each;
    root.join();
  }
  return phase_ == phase::open;
}

void remote_server::drop_front(std::size_t begin, std::size_t count) noexcept {
  std::memmove(in_.data() + begin, in_.data() + begin + count, filled_ - begin - count);
  filled_ -= count;
}

/// Takes one frame; false when more has to be read first, or nothing more is to be taken.
bool remote_server::process_frame() noexcept {
  const auto rest = in_.subspan(assembled_, filled_ - assembled_);
  const auto [status, header, why] = net::websocket::read_server_header(rest);
  using kind = net::websocket::header_outcome::kind;
  if (status == kind::violation) {
    using net::websocket::breach;
    protocol_error(1002, why == breach::masked ? "masked frame" : line_of(why).text);
    return false;
  }
  if (status == kind::need_more) return false;
  const bool control = is_control(header.op);
  if (!control && in_message_ == (header.op != opcode::continuation)) {
    protocol_error(1002, in_message_ ? "message inside a message" : "continuation of no message");
    return false;
  }
  if (!control && header.payload > limits_.message_bytes - assembled_) {
    protocol_error(1009, "a message is longer than message_bytes");
    return false;
  }
  const auto size = static_cast<std::size_t>(header.payload);
  if (rest.size() < header.size + size) return false;
  if (control) {
    std::array<std::byte, net::websocket::max_control_payload> payload;
    std::copy_n(rest.data() + header.size, size, payload.data());
    drop_front(assembled_, header.size + size);
    if (header.op == opcode::close) {
      on_close({payload.data(), size});
      return false;
    }
    // without room for it the answer is left out: the next ping has another chance
    if (header.op == opcode::ping) (void)send_control(opcode::pong, {payload.data(), size});
    return true;
  }
  if (header.op == opcode::binary) {
    protocol_error(1003, "a binary message");
    return false;
  }
  drop_front(assembled_, header.size);
  assembled_ += size;
  in_message_ = !header.fin;
  if (in_message_) return true;
  const std::size_t whole = std::exchange(assembled_, 0);
  const std::span<char> text(reinterpret_cast<char*>(in_.data()), whole);
  if (!net::is_utf8(std::string_view(text.data(), text.size()))) {
    protocol_error(1007, "text is not UTF-8");
    return false;
  }
  on_message(text);
  if (phase_ != phase::open) return false;
  drop_front(0, whole);
  return true;
}

void remote_server::on_close(std::span<const std::byte> payload) noexcept {
  (void)send_control(opcode::close, payload.first(std::min<std::size_t>(payload.size(), 2)));
  if (payload.size() < 2) return lose("the server has closed the connection");
  char room[remote_reason::capacity];
  json::buffer_output why(room, sizeof room);
  json::writer out(why);
  out.number(std::to_integer<unsigned>(payload[0]) << 8U | std::to_integer<unsigned>(payload[1]));
  const std::string_view said(reinterpret_cast<const char*>(payload.data()) + 2,
                              payload.size() - 2);
  if (!said.empty() && net::is_utf8(said)) {
    out.raw(' ');
    out.raw(slice(said, 0, 60));
  }
  lose("the server has closed the connection: ", why.view());
}

void remote_server::on_message(std::span<char> text) noexcept {
  phoenix::frame message;
  if (!phoenix::read_text(text, message)) return protocol_error(1002, "a malformed message");
  if (message.topic == "phoenix") {
    if (message.ref && *message.ref == std::string_view(decimal(heartbeat_))) {
      heartbeat_ = 0;
      answered();
    }
    return;
  }
  if (message.event == "phx_reply" && message.ref && message.expected_payload.empty()) {
    for (remote_call& call : calls_) {
      if (*message.ref != std::string_view(decimal(call.ref_)) ||
          !call.to_->is_topic(message.topic)) {
        continue;
      }
      static constexpr std::string_view names[] = {"status", "response"};
      std::string_view values[2];
      std::uint32_t twice = 0;
      json::reader from(message.text());
      (void)json::find_members(from, names, values, twice);
      const auto status = json::reader(values[0]).string();
      call.unlink();
      call.late_.cancel();
      call.outcome_ = status && *status == "ok" ? remote_outcome::ok : remote_outcome::refused;
      return call.finished(values[1].empty() ? std::string_view("{}") : values[1]);
    }
  }
  for (remote_root& each : roots_) {
    if (each.is_topic(message.topic)) return each.on_frame(message);
  }
}

}  // namespace musubi
