#include <algorithm>
#include <cstring>
#include <wslay/wslay.h>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/websocket/internal/frame.hpp>
#include <musubi/net/websocket/internal/mask.hpp>

namespace musubi::net::websocket {
namespace {

using kind = header_outcome::kind;

// wslay asks for up to `size` bytes; zero would mean "none now", which a complete frame never
// needs.
ssize_t take_input(std::uint8_t* room, std::size_t size, int /*flags*/, void* user_data) {
  auto& input = *static_cast<std::span<const std::byte>*>(user_data);
  const std::size_t count = std::min(size, input.size());
  if (count != 0) std::memcpy(room, input.data(), count);
  input = input.subspan(count);
  return static_cast<ssize_t>(count);
}

constexpr bool is_known(unsigned op) noexcept {
  return op <= 0x2 || (op >= 0x8 && op <= 0xA);
}

}  // namespace

header_outcome read_frame_header(std::span<const std::byte> bytes) noexcept {
  header_outcome outcome;
  frame_header& header = outcome.header;
  if (bytes.empty()) return outcome;
  const auto first = std::to_integer<unsigned>(bytes[0]);
  if ((first & 0x70u) != 0) return outcome.violated(breach::reserved_bit);
  if (!is_known(first & 0x0Fu)) return outcome.violated(breach::reserved_opcode);
  header.op = static_cast<opcode>(first & 0x0Fu);
  header.fin = (first & 0x80u) != 0;
  const bool control = is_control(header.op);
  if (control && !header.fin) return outcome.violated(breach::fragmented_control);
  if (bytes.size() < 2) return outcome;

  const auto second = std::to_integer<unsigned>(bytes[1]);
  if ((second & 0x80u) == 0) return outcome.violated(breach::unmasked);
  const unsigned length = second & 0x7Fu;
  if (control && length > max_control_payload) return outcome.violated(breach::long_control);

  const std::size_t extra = length < 126 ? 0 : length == 126 ? 2 : 8;
  header.size = static_cast<std::uint8_t>(2 + extra + 4);
  header.payload = length;
  if (extra != 0) {
    if (bytes.size() < 2 + extra) return outcome;
    std::uint64_t payload = 0;
    for (const std::byte byte : bytes.subspan(2, extra)) {
      payload = payload << 8 | std::to_integer<std::uint64_t>(byte);
    }
    if (payload >> 63 != 0) return outcome.violated(breach::impossible_length);
    if (payload < (extra == 2 ? 126u : 65536u)) return outcome.violated(breach::longer_length);
    header.payload = static_cast<std::size_t>(std::min<std::uint64_t>(payload, most_payload));
  }
  outcome.status = kind::complete;
  return outcome;
}

frame_decoder::frame_decoder() noexcept {
  if constexpr (!short_ways) return;
  wslay_frame_callbacks callbacks{};
  callbacks.recv_callback = take_input;
  if (wslay_frame_context_init(&context_, &callbacks, &input_) != 0) context_ = nullptr;
}

frame_decoder::~frame_decoder() {
  if constexpr (short_ways) wslay_frame_context_free(context_);
}

bool frame_decoder::decode(const frame_header& header, std::span<const std::byte> frame,
                           std::byte* destination) noexcept {
  if constexpr (!short_ways) {
    if (frame.size() != header.total()) return false;
    const std::byte* const payload = frame.data() + header.size;
    unmask_to(destination, payload, header.payload, payload - 4);
    return true;
  }
  if (context_ == nullptr) return false;
  input_ = frame;
  if (frame.size() == header.total() && receive(header, destination) && input_.empty()) return true;
  // The context may be inside a frame and cannot be brought back to a boundary.
  wslay_frame_context_free(context_);
  context_ = nullptr;
  input_ = {};
  return false;
}

bool frame_decoder::receive(const frame_header& header, std::byte* destination) noexcept {
  std::uint64_t received = 0;
  do {
    wslay_frame_iocb piece{};
    // wslay copies input into its own buffer and unmasks there, so what is written below is always
    // behind what has been read: overlap is safe.
    if (wslay_frame_recv(context_, &piece) < 0) return false;
    if (piece.opcode != static_cast<std::uint8_t>(header.op) ||
        piece.payload_length != header.payload || (piece.fin != 0) != header.fin) {
      return false;
    }
    if (piece.data_length == 0 && header.payload != 0) return false;
    if (piece.data_length != 0) std::memcpy(destination + received, piece.data, piece.data_length);
    received += piece.data_length;
  } while (received < header.payload);
  return true;
}

std::size_t write_frame_header(std::span<std::byte, max_server_header> out, opcode op, bool fin,
                               std::uint64_t length) noexcept {
  const std::size_t size = server_header_size(length);
  out[0] = static_cast<std::byte>((fin ? 0x80u : 0u) | static_cast<unsigned>(op));
  if (size == 2) {
    out[1] = static_cast<std::byte>(length);
    return size;
  }
  out[1] = static_cast<std::byte>(size == 4 ? 126 : 127);
  for (std::size_t i = size; i > 2; --i) {
    out[i - 1] = static_cast<std::byte>(length & 0xFFu);
    length >>= 8;
  }
  return size;
}

}  // namespace musubi::net::websocket
