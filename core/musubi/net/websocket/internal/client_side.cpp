#include <algorithm>
#include <cstdint>
#include <cstring>
#include <wslay/wslay.h>

#include <musubi/net/websocket/internal/client_side.hpp>

namespace musubi::net::websocket {

namespace {

/// Bytes of the header of a client's frame with `length` payload bytes.
std::size_t client_header_size(std::size_t length) noexcept {
  return server_header_size(length) + 4;
}

// wslay calls back with the `user_data` that its context was made with.

ssize_t take_output(const std::uint8_t* data, std::size_t size, int /*flags*/, void* user_data) {
  auto& room = *static_cast<std::span<std::byte>*>(user_data);
  const std::size_t count = std::min(size, room.size());
  if (count != 0) std::memcpy(room.data(), data, count);
  room = room.subspan(count);
  return static_cast<ssize_t>(count);
}

}  // namespace

header_outcome read_server_header(std::span<const std::byte> bytes) noexcept {
  header_outcome outcome;
  if (bytes.size() < 2) return outcome;
  const auto first = std::to_integer<unsigned>(bytes[0]);
  const auto second = std::to_integer<unsigned>(bytes[1]);
  const unsigned op = first & 0x0Fu;
  if ((first & 0x70u) != 0) return outcome.violated(breach::reserved_bit);
  if (op > 0xA || (op > 0x2 && op < 0x8)) return outcome.violated(breach::reserved_opcode);
  if ((second & 0x80u) != 0) return outcome.violated(breach::masked);

  outcome.header.op = static_cast<opcode>(op);
  outcome.header.fin = (first & 0x80u) != 0;
  const unsigned length = second & 0x7Fu;
  if (is_control(outcome.header.op)) {
    if (!outcome.header.fin) return outcome.violated(breach::fragmented_control);
    if (length > max_control_payload) return outcome.violated(breach::long_control);
  }
  const std::size_t extra = length < 126 ? 0 : length == 126 ? 2 : 8;
  if (bytes.size() < 2 + extra) return outcome;
  std::uint64_t payload = extra == 0 ? length : 0;
  for (const std::byte byte : bytes.subspan(2, extra)) {
    payload = payload << 8 | std::to_integer<std::uint64_t>(byte);
  }
  if (payload >> 63 != 0) return outcome.violated(breach::impossible_length);
  if (extra != 0 && payload < (extra == 2 ? 126u : 65536u))
    return outcome.violated(breach::longer_length);
  outcome.header.size = static_cast<std::uint8_t>(2 + extra);
  outcome.header.payload = static_cast<std::size_t>(std::min<std::uint64_t>(payload, most_payload));
  outcome.status = header_outcome::kind::complete;
  return outcome;
}

// The mask is drawn by `write`, which leaves it at the beginning of the room for `give_mask`.
namespace {
int give_mask(std::uint8_t* mask, std::size_t size, void* user_data) {
  const auto& room = *static_cast<std::span<std::byte>*>(user_data);
  if (room.size() < size) return -1;
  std::memcpy(mask, room.data(), size);
  return 0;
}
}  // namespace

frame_writer::frame_writer(connector& random) noexcept : random_(random) {
  wslay_frame_callbacks callbacks{};
  callbacks.send_callback = take_output;
  callbacks.genmask_callback = give_mask;
  if (wslay_frame_context_init(&context_, &callbacks, &room_) != 0) context_ = nullptr;
}

frame_writer::~frame_writer() {
  wslay_frame_context_free(context_);
}

std::size_t frame_writer::write(std::span<std::byte> out, opcode op,
                                std::span<const std::byte> payload) noexcept {
  const std::size_t total = client_header_size(payload.size()) + payload.size();
  if (context_ == nullptr || out.size() < total) return 0;
  random_.entropy(out.first(4));
  room_ = out.first(total);
  wslay_frame_iocb frame{};
  frame.fin = 1;
  frame.mask = 1;
  frame.opcode = static_cast<std::uint8_t>(op);
  frame.payload_length = payload.size();
  frame.data = reinterpret_cast<const std::uint8_t*>(payload.data());
  frame.data_length = payload.size();
  const ssize_t sent = wslay_frame_send(context_, &frame);
  return sent == static_cast<ssize_t>(payload.size()) && room_.empty() ? total : 0;
}

}  // namespace musubi::net::websocket
