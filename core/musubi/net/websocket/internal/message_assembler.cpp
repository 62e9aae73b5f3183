#include <algorithm>
#include <cstring>

#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/websocket/internal/mask.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi::net::websocket {

void message_assembler::wait(event& e, std::span<std::byte> buffer, std::size_t& filled,
                             std::size_t frame) noexcept {
  const std::size_t left = filled - read_;
  if (assembled_ != 0 && begin_ != 0) {
    std::memmove(buffer.data(), buffer.data() + begin_, assembled_);
  }
  if (left != 0 && read_ != assembled_) {
    std::memmove(buffer.data() + assembled_, buffer.data() + read_, left);
  }
  begin_ = 0;
  read_ = assembled_;
  filled = assembled_ + left;
  e.need = assembled_ + frame;
}

void message_assembler::fail(event& e, breach why) noexcept {
  ended_ = true;
  const table_line told = line_of(why);
  e.what = event::kind::violation;
  e.code = told.number;
  e.reason = told.text;
}

void message_assembler::closed(event& e, std::span<std::byte> payload) noexcept {
  if (payload.size() == 1) return fail(e, breach::short_code);
  e.code = close_code::none;
  if (!payload.empty()) {
    e.code = static_cast<std::uint16_t>(std::to_integer<unsigned>(payload[0]) << 8 |
                                        std::to_integer<unsigned>(payload[1]));
    if (!may_be_received(e.code)) return fail(e, breach::invalid_code);
    const auto reason = payload.subspan(2);
    if (!is_utf8(reason)) return fail(e, breach::reason_not_utf8);
    e.payload = reason;
  }
  ended_ = true;
  e.what = event::kind::close;
}

void message_assembler::oversized(event& e, const frame_header& header, std::span<std::byte> buffer,
                                  std::size_t& filled, std::size_t limit) noexcept {
  const std::size_t wanted = limit < oversized_head ? limit : oversized_head;
  const std::size_t missing = assembled_ < wanted ? wanted - assembled_ : 0;
  const std::size_t more = std::min(header.payload, missing);
  if (filled - read_ < header.size + more) return wait(e, buffer, filled, header.size + more);
  const std::byte* const payload = buffer.data() + read_ + header.size;
  if (!inside_message()) {
    message_ = header.op;
    begin_ = read_ + header.size;
    text_.reset();
  }
  std::byte* const piece = buffer.data() + begin_ + assembled_;
  unmask_to(piece, payload, more, payload - 4);
  const bool text = message_ == opcode::text;
  if (text && !text_.feed({piece, more})) return fail(e, breach::not_utf8);
  e.what = text ? event::kind::oversized_text : event::kind::oversized_binary;
  e.payload = buffer.subspan(begin_, assembled_ + more);
  read_ += static_cast<std::uint32_t>(header.size + more);
  skipping_ = true;
  last_frame_ = header.fin;
  begin_ = static_cast<std::uint32_t>(header.payload - more);
  assembled_ = 0;
}

/// Skips what is there of an oversized message's frame; false while there is more to come.
bool message_assembler::skip(std::size_t filled) noexcept {
  const auto taken = static_cast<std::uint32_t>(std::min<std::size_t>(begin_, filled - read_));
  read_ += taken;
  begin_ -= taken;
  if (begin_ != 0) return false;
  if (last_frame_) {
    skipping_ = false;
    message_ = opcode::continuation;
  }
  return true;
}

/// Checks the text that is there of a frame that is not whole; false when it cannot become UTF-8.
bool message_assembler::check_arrived(const frame_header& header,
                                      std::span<const std::byte> received) noexcept {
  const opcode kind = header.op == opcode::continuation ? message_ : header.op;
  if (kind != opcode::text || received.size() <= header.size + checked_) return true;
  if (header.op == opcode::text && checked_ == 0) text_.reset();
  const std::byte* const mask = received.data() + header.size - 4;
  const auto payload = received.subspan(header.size);
  while (checked_ != payload.size()) {
    std::byte some[64];
    const std::size_t count = std::min<std::size_t>(payload.size() - checked_, sizeof some);
    unmask_to(some, payload.data() + checked_, count, mask, checked_);
    if (!text_.feed({some, count})) return false;
    checked_ += static_cast<std::uint32_t>(count);
  }
  return true;
}

/// The short way of nearly all messages: a whole one in one frame that is all there, not of the
/// longest kind. False, with nothing done, when the next frame is another, or not in order.
bool message_assembler::whole(std::span<std::byte> received, std::size_t limit, event& e) noexcept {
  if (received.size() < 6) return false;
  const auto first = std::to_integer<unsigned>(received[0]);
  const auto second = std::to_integer<unsigned>(received[1]);
  constexpr unsigned fin = 0x80;
  constexpr unsigned masked = 0x80;
  const bool text = first == (fin | static_cast<unsigned>(opcode::text));
  if (!text && first != (fin | static_cast<unsigned>(opcode::binary))) return false;
  if ((second & masked) == 0) return false;
  std::size_t header = 6;
  std::size_t length = second & ~masked;
  if (length > 125) {
    header = 8;
    length = length == 126 ? std::to_integer<std::size_t>(received[2]) << 8U |
                                 std::to_integer<std::size_t>(received[3])
                           : 0;
    if (length < 126) return false;
  }
  if (length > limit || received.size() < header + length) return false;
  e.payload = received.subspan(header, length);
  read_ += static_cast<std::uint32_t>(header + length);
  e.what = text ? event::kind::text : event::kind::binary;
  const bool ascii = unmask(e.payload, e.payload.data() - 4);
  if (text && !ascii && !is_utf8(e.payload)) {
    message_ = opcode::text;
    e.payload = {};
    fail(e, breach::not_utf8);
  }
  return true;
}

// never inlined: its variables would be on the stack of what the message leads to
[[gnu::noinline]] event message_assembler::next(frame_decoder& decoder, std::span<std::byte> buffer,
                                                std::size_t& filled, std::size_t limit,
                                                std::uint32_t& frames) noexcept {
  event e;
  if (ended_) {
    begin_ = assembled_ = read_ = 0;
    filled = 0;
    return e;
  }
  if (short_ways && message_ == opcode::continuation && checked_ == 0 && !skipping_) {
    if (read_ == filled) {
      wait(e, buffer, filled, max_client_header);
      return e;
    }
    if (frames != 0 && decoder.valid() && whole(buffer.subspan(read_, filled - read_), limit, e)) {
      --frames;
      return e;
    }
  }
  while (!take_frame(e, decoder, buffer, filled, limit, frames)) {
  }
  return e;
}

/// Takes one frame, or some of it; true if there is an event.
bool message_assembler::take_frame(event& e, frame_decoder& decoder, std::span<std::byte> buffer,
                                   std::size_t& filled, std::size_t limit,
                                   std::uint32_t& frames) noexcept {
  const auto failed = [&](breach why) {
    fail(e, why);
    return true;
  };
  const auto more = [&](std::size_t need) {
    wait(e, buffer, filled, need);
    return true;
  };
  const auto may_take = [&] {
    if (frames-- != 0) return true;
    frames = 0;
    e.what = event::kind::paused;
    return false;
  };
  if (skipping() && !skip(filled)) {
    read_ = 0;
    filled = 0;
    e.need = 1;
    return true;
  }
  const auto received = buffer.subspan(read_, filled - read_);
  const auto [status, header, why] = read_frame_header(received);
  if (status == header_outcome::kind::violation) return failed(why);
  if (status == header_outcome::kind::need_more) return more(max_client_header);

  const bool is_data = !is_control(header.op);
  if (is_data) {
    const bool goes_on = header.op == opcode::continuation;
    if (goes_on != inside_message()) {
      return failed(goes_on ? breach::no_message : breach::inside_message);
    }
    const bool beyond = assembled_ > limit || header.payload > limit - assembled_;
    if (skipping() && received.size() < header.size) return more(header.size);
    const std::uint64_t longest = skips_oversized ? longest_skipped : 0;
    if ((skipping() || beyond) && header.payload > longest) return failed(breach::too_big);
    if (skipping()) {
      if (!may_take()) return true;
      read_ += header.size;
      last_frame_ = header.fin;
      begin_ = static_cast<std::uint32_t>(header.payload);
      return false;
    }
    if (skips_oversized && beyond) {
      oversized(e, header, buffer, filled, limit);
      return true;
    }
  }
  const std::size_t total = header.total();
  if (received.size() < total) {
    if (is_data && !check_arrived(header, received)) return failed(breach::not_utf8);
    return more(total);
  }
  if (!may_take()) return true;

  const auto frame = received.first(total);
  std::byte* to = frame.data() + header.size;
  if (is_data) {
    if (header.op != opcode::continuation) {
      message_ = header.op;
      begin_ = read_ + header.size;
      if (checked_ == 0) text_.reset();
    }
    to = buffer.data() + begin_ + assembled_;
  }
  read_ += static_cast<std::uint32_t>(total);
  if (!decoder.decode(header, frame, to)) return failed(breach::decoder);
  const std::span<std::byte> piece(to, header.payload);
  if (!is_data) {
    if (header.op == opcode::close) {
      closed(e, piece);
    } else {
      e.what = header.op == opcode::ping ? event::kind::ping : event::kind::pong;
      e.payload = piece;
    }
    return true;
  }
  assembled_ += static_cast<std::uint32_t>(piece.size());
  const auto unchecked = piece.subspan(checked_);
  checked_ = 0;
  const bool text = message_ == opcode::text;
  if (text && (!text_.feed(unchecked) || (header.fin && !text_.complete()))) {
    return failed(breach::not_utf8);
  }
  if (!header.fin) return false;

  e.what = text ? event::kind::text : event::kind::binary;
  e.payload = buffer.subspan(begin_, assembled_);
  message_ = opcode::continuation;
  begin_ = assembled_ = 0;
  return true;
}

std::size_t write_close(std::span<std::byte> out, std::uint16_t code,
                        std::string_view reason) noexcept {
  const bool bare = code == close_code::none;
  if (bare) reason = {};
  reason = whole_characters(reason, max_close_reason);
  const std::size_t length = bare ? 0 : 2 + reason.size();
  std::byte header[max_server_header];
  const std::size_t size = write_frame_header(header, opcode::close, true, length);
  if (out.size() < size + length) return 0;
  std::copy_n(header, size, out.data());
  if (bare) return size;
  out[size] = static_cast<std::byte>(code >> 8);
  out[size + 1] = static_cast<std::byte>(code & 0xFFu);
  if (!reason.empty()) std::memcpy(out.data() + size + 2, reason.data(), reason.size());
  return size + length;
}

}  // namespace musubi::net::websocket
