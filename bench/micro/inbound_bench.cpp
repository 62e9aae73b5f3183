/// From received bytes to a typed command.

#include "micro/wire.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <cstdint>
#include <vector>

#include <musubi/json/internal/reader.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/command/internal/command_message.hpp>

namespace musubi::bench {
namespace {

/// A frame is unmasked in place, so each iteration needs a new copy.
void websocket_message(benchmark::State& state) {
  const std::string frame =
      client_frame(std::string(static_cast<std::size_t>(state.range(0)), 'x'));
  net::websocket::frame_decoder decoder;
  net::websocket::message_assembler assembler;
  std::vector<std::byte> buffer(frame.size() + 16);
  for (auto _ : state) {
    std::memcpy(buffer.data(), frame.data(), frame.size());
    std::size_t filled = frame.size();
    std::uint32_t frames = 64;
    const auto text = assembler.next(decoder, buffer, filled, 65535, frames);
    benchmark::DoNotOptimize(text.payload.data());
    if (text.what != net::websocket::event::kind::text) state.SkipWithError("not a text message");
    (void)assembler.next(decoder, buffer, filled, 65535, frames);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(websocket_message)->Arg(16)->Arg(113)->Arg(1024)->Arg(16384)->Arg(65535);

void channel_frame(benchmark::State& state) {
  std::string text(command_text);  // escapes are decoded in place
  for (auto _ : state) {
    phoenix::frame frame;
    benchmark::DoNotOptimize(phoenix::read_text(text, frame));
    benchmark::DoNotOptimize(frame.payload.data());
  }
}
BENCHMARK(channel_frame);

void command_envelope(benchmark::State& state) {
  std::string text(command_text);
  phoenix::frame frame;
  (void)phoenix::read_text(text, frame);
  for (auto _ : state) {
    command_message message;
    decode_error error;
    benchmark::DoNotOptimize(command_message::read(frame.payload, frame.parts, message, error));
    benchmark::DoNotOptimize(message.name.data());
  }
}
BENCHMARK(command_envelope);

struct Increment {
  std::int32_t amount;
};
struct Schedule {
  text<16> room;
  float celsius;
  bool enabled;
  list<std::int32_t, 8> hours;
};

template <class Payload>
void decode_payload(benchmark::State& state, std::string_view json) {
  for (auto _ : state) {
    json::reader from(json);
    Payload into{};
    decode_error error;
    if (!codec<Payload>::read(from, into, error)) state.SkipWithError("not decoded");
    benchmark::DoNotOptimize(into);
  }
}
void increment_payload(benchmark::State& state) {
  decode_payload<Increment>(state, R"({"amount":1})");
}
BENCHMARK(increment_payload);

void schedule_payload(benchmark::State& state) {
  decode_payload<Schedule>(
      state, R"({"room":"kitchen","celsius":20.5,"enabled":true,"hours":[6,7,8,17,18,19]})");
}
BENCHMARK(schedule_payload);

}  // namespace
}  // namespace musubi::bench
