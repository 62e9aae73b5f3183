/// Feeds arbitrary bytes to the WebSocket layer as a client's stream. The first input byte picks
/// the message limit, the second the size of the pieces. Whatever the pieces, the events must be
/// the same, the buffer that `receive_buffer_size` promises must do, and a text must be UTF-8.
/// Where no message is too long, the events are those that wslay alone gives.

#include "support/websocket_oracle.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <musubi/net/internal/utf8.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace {

namespace ws = musubi::net::websocket;

void require(bool invariant) {
  if (!invariant) std::abort();
}

ws::frame_decoder& decoder() {
  static ws::frame_decoder shared;
  return shared;
}

void note(const ws::event& e, std::size_t limit, std::string& log) {
  switch (e.what) {
    case ws::event::kind::text:
      require(musubi::net::is_utf8(e.payload));
      [[fallthrough]];
    case ws::event::kind::binary:
    case ws::event::kind::oversized_text:
    case ws::event::kind::oversized_binary:
      require(e.payload.size() <= limit);
      break;
    case ws::event::kind::ping:
    case ws::event::kind::pong:
      require(e.payload.size() <= ws::max_control_payload);
      break;
    case ws::event::kind::close:
      require(e.code == ws::close_code::none || ws::may_be_received(e.code));
      require(musubi::net::is_utf8(e.payload));
      break;
    case ws::event::kind::violation:
      require(e.code == ws::close_code::protocol_error || e.code == ws::close_code::invalid_text ||
              e.code == ws::close_code::too_big);
      require(!e.reason.empty() && e.reason.size() <= ws::max_close_reason);
      break;
    case ws::event::kind::need_more:
    case ws::event::kind::paused:
      break;
  }
  log += musubi::test::told(e);
}

// The events of `input`, received in pieces of `piece` bytes, handled in turns of `most` frames.
std::string run(std::span<const std::byte> input, std::size_t piece, std::size_t limit,
                std::uint32_t most) {
  std::vector<std::byte> buffer(ws::receive_buffer_size(limit));
  ws::message_assembler assembler;
  std::size_t filled = 0;
  std::string log;
  while (!input.empty()) {
    const std::size_t count = std::min({piece, input.size(), buffer.size() - filled});
    require(count != 0);  // a full buffer always holds a whole frame
    std::copy_n(input.begin(), count, buffer.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += count;
    input = input.subspan(count);
    for (std::uint32_t frames = most;;) {
      const std::size_t before = filled;
      const ws::event e = assembler.next(decoder(), buffer, filled, limit, frames);
      require(decoder().valid());
      if (e.what == ws::event::kind::paused) {
        require(frames == 0 && filled == before);
        frames = most;
        continue;
      }
      if (e.what == ws::event::kind::need_more) {
        require(e.need <= buffer.size() && (filled < e.need || e.need == 0));
        break;
      }
      note(e, limit, log);
    }
  }
  return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t limit = std::size_t{data[0]} * 8;
  const std::size_t piece = std::size_t{data[1]} + 2;
  const auto input = std::as_bytes(std::span{data, size}).subspan(2);
  const std::string whole = run(input, input.size(), limit, 1U << 16U);
  require(run(input, 1, limit, 1U << 16U) == whole);
  require(run(input, piece, limit, 1) == whole);
  const auto expected = musubi::test::websocket_oracle::events_of(input, limit);
  require(!expected || *expected == whole);
  return 0;
}
