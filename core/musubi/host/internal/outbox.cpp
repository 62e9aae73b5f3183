#include <cstring>
#include <utility>

#include <musubi/host/internal/outbox.hpp>

namespace musubi {

using net::websocket::opcode;

void outbox::send_letters() noexcept {
  if constexpr (short_ways) {
    const char* at = begin_;
    for (std::size_t i = 0; i < letter_count_; ++i) {
      const letter& next = letters_[i];
      const std::span bytes(at, next.end);
      at = next.end;
      if (next.to != nullptr) (void)next.to->send(std::as_bytes(bytes));  // which may forget others
    }
    letter_count_ = 0;
  }
}

/// Sends the letters, and what stands behind them for the client of now, up to `end`.
void outbox::send_up_to(const char* end) noexcept {
  send_letters();
  if (client_ != nullptr && from_ != end) {
    (void)client_->send(std::as_bytes(std::span<const char>(from_, end)));
  }
}

/// What was written from `from` on moves to the front.
void outbox::move_to_front(const char* from) noexcept {
  const auto less = from - begin_;
  std::memmove(begin_, from, static_cast<std::size_t>(cursor_ - from));
  from_ = begin_;
  cursor_ -= less;
  if (fragment_ != nullptr) fragment_ -= less;
}

/// Sends the letters only, so that all that is for the client of now still leaves in one write.
void outbox::make_way() noexcept {
  if (letter_count_ == 0) return;
  send_letters();
  move_to_front(from_);
}

// Out of line: it is called rarely, and its callers then need no stack frame.
[[gnu::noinline]] void outbox::flush() noexcept {
  send_up_to(cursor_);
  reset();
}

/// What was written for the client of now becomes a letter.
void outbox::seal() noexcept {
  byte_sink* const client = std::exchange(client_, nullptr);
  if (from_ == cursor_) return;
  if (letter_count_ != 0 && letters_[letter_count_ - 1].to == client) {
    letters_[letter_count_ - 1].end = cursor_;
  } else {
    letters_[letter_count_++] = {client, cursor_};
  }
  from_ = cursor_;
  if (letter_count_ == most_letters) flush();
}

void outbox::finish(const byte_sink& client) noexcept {
  if (client_ != &client) return;
  if constexpr (short_ways) {
    seal();
  } else {
    flush();
  }
}

void outbox::select(byte_sink& client) noexcept {
  if (client_ == &client) return;
  if (client_ != nullptr) finish(*client_);
  cursor_ = from_;  // what was written for one that had ended goes nowhere
  client_ = &client;
}

void outbox::forget(const byte_sink& client) noexcept {
  for (std::size_t i = 0; short_ways && i < letter_count_; ++i) {
    if (letters_[i].to == &client) letters_[i].to = nullptr;
  }
  if (client_ != &client) return;
  client_ = nullptr;
  fragment_ = nullptr;
  cursor_ = from_;
  end_ = begin_ + capacity_;
  failed_ = false;
}

void outbox::open_fragment() noexcept {
  fragment_ = cursor_;
  cursor_ += header_bytes;
}

/// Makes at least `bytes` of room, if the buffer has them.
[[gnu::noinline]] void outbox::make_room_for(std::size_t bytes) noexcept {
  make_way();
  if (room() < bytes) flush();
}

void outbox::begin_text() noexcept {
  if (room() < header_bytes + reserve_limit) make_room_for(header_bytes + reserve_limit);
  continued_ = false;
  open_fragment();
}

void outbox::close_fragment(bool final) noexcept {
  const auto length = static_cast<std::size_t>(cursor_ - fragment_) - header_bytes;
  const auto kind = static_cast<unsigned>(continued_ ? opcode::continuation : opcode::text);
  fragment_[0] = static_cast<char>((final ? 0x80U : 0U) | kind);
  if (length >= 126) {
    fragment_[1] = 126;
    fragment_[2] = static_cast<char>(length >> 8U);
    fragment_[3] = static_cast<char>(length & 0xFFU);
  } else {  // a short header: the payload moves up
    fragment_[1] = static_cast<char>(length);
    constexpr std::size_t less = header_bytes - 2;
    std::memmove(fragment_ + header_bytes - less, fragment_ + header_bytes, length);
    cursor_ -= less;
  }
  fragment_ = nullptr;
}

void outbox::end_text() noexcept {
  if (fragment_ != nullptr) close_fragment(true);
}

bool outbox::make_room() noexcept {
  if (fragment_ == nullptr) return false;
  make_way();
  if (room() < reserve_limit && fragment_ != nullptr && fragment_ != begin_ && !continued_) {
    // the client's messages before this one go first; this one may still fit whole
    send_up_to(fragment_);
    if (fragment_ != nullptr) move_to_front(fragment_);
  }
  if (fragment_ == nullptr) {  // the client is gone: the rest goes nowhere
    reset();
    open_fragment();
    return true;
  }
  if (room() >= reserve_limit) return true;
  close_fragment(false);
  continued_ = true;
  flush();
  open_fragment();
  return true;
}

void outbox::message(opcode kind, std::span<const std::byte> payload) noexcept {
  std::byte header[net::websocket::max_server_header];
  const std::size_t size = net::websocket::write_frame_header(header, kind, true, payload.size());
  raw(std::span(header).first(size));
  raw(payload);
}

void outbox::raw(std::span<const std::byte> bytes) noexcept {
  if (bytes.size() > room()) make_room_for(bytes.size());
  if (bytes.size() > room()) {
    if (client_ != nullptr) (void)client_->send(bytes);
    return;
  }
  append({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace musubi
