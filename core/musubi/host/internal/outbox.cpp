#include <cstring>

#include <musubi/host/internal/outbox.hpp>

namespace musubi {

using net::websocket::opcode;

void outbox::send_all() noexcept {
  const auto bytes = static_cast<std::size_t>(cursor_ - begin_);
  if (client_ != nullptr && bytes != 0) {
    (void)client_->send(std::as_bytes(std::span(begin_, bytes)));
  }
  reset();
}

void outbox::select(byte_sink& client) noexcept {
  if (client_ == &client) return;
  send_all();
  client_ = &client;
}

void outbox::forget(const byte_sink& client) noexcept {
  if (client_ != &client) return;
  client_ = nullptr;
  fragment_ = nullptr;
  reset();
}

void outbox::flush(const byte_sink& client) noexcept {
  if (client_ == &client) send_all();
}

void outbox::open_fragment() noexcept {
  fragment_ = cursor_;
  cursor_ += header_bytes;
}

void outbox::begin_text() noexcept {
  if (room() < header_bytes + reserve_limit) send_all();
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
  if (fragment_ != begin_ && !continued_) {
    // messages before this one go first; this one may still fit whole
    const auto before = static_cast<std::size_t>(fragment_ - begin_);
    const auto open = static_cast<std::size_t>(cursor_ - fragment_);
    if (client_ != nullptr) (void)client_->send(std::as_bytes(std::span(begin_, before)));
    if (fragment_ == nullptr) {  // the client is gone: the rest goes nowhere
      open_fragment();
      return true;
    }
    std::memmove(begin_, fragment_, open);
    fragment_ = begin_;
    cursor_ = begin_ + open;
    if (room() >= reserve_limit) return true;
  }
  close_fragment(false);
  continued_ = true;
  send_all();
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
  if (bytes.size() > room()) send_all();
  if (bytes.size() > room()) {
    if (client_ != nullptr) (void)client_->send(bytes);
    return;
  }
  append({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace musubi
