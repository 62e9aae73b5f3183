/// From a changed state to the frame that is sent.

#include "host/stores.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <cstdint>
#include <vector>

#include <musubi/host/internal/outbox.hpp>
#include <musubi/phoenix/message.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/page/internal/envelope.hpp>
#include <musubi/store/page/internal/sink.hpp>

namespace musubi::bench {
namespace {

/// Counts operations and discards their content.
class dropped final : public operations {
 public:
  explicit dropped(json::writer& out) : operations(out) {}

 private:
  void open() noexcept override {}
};

class nowhere final : public byte_sink {
  void on_readable() noexcept override {}
  void on_writable() noexcept override {}

 public:
  bool send(std::span<const std::byte> bytes) noexcept override {
    benchmark::DoNotOptimize(bytes.data());
    return true;
  }
};

/// The output of a page, from the envelope to the transmit buffer.
class way_out final : public page_sink {
 public:
  way_out() { box_.select(client_); }
  [[nodiscard]] bool writable() const noexcept override { return true; }
  json::writer& out() noexcept override { return box_.writer(); }
  void begin_reply(std::string_view ref, bool) noexcept override {
    box_.begin_text();
    phoenix::begin_reply(out(), "1", ref, topic, phoenix::reply_status::ok);
  }
  void end_reply() noexcept override {
    phoenix::end_reply(out());
    box_.end_text();
  }
  void begin_patch() noexcept override {
    box_.begin_text();
    phoenix::begin_message(out(), "1", std::nullopt, topic, "patch");
  }
  void end_patch() noexcept override {
    phoenix::end_message(out());
    box_.end_text();
  }
  void write_root_id(json::writer& to) const noexcept override { to.raw("App.Sensor:c12"); }
  [[nodiscard]] std::string_view id() const noexcept override { return "c12"; }
  void service_wanted() noexcept override {}
  void flush() noexcept { box_.flush(); }

 private:
  static constexpr std::string_view topic = "musubi:connection:App.Sensor:c12";
  std::vector<std::byte> memory_ = std::vector<std::byte>(16384);
  carver carve_{memory_.data()};
  nowhere client_;
  outbox box_{carve_, 16384};
};

constexpr sensor::State before{20.1F, 45.2F, 1};
constexpr sensor::State after{20.2F, 45.4F, 2};

void diff_of_equal_states(benchmark::State& state) {
  std::array<char, 512> room;
  json::buffer_output buffer(room.data(), room.size());
  json::writer out(buffer);
  dropped ops(out);
  sensor::State same = before;
  for (auto _ : state) {
    benchmark::DoNotOptimize(same);
    codec<sensor::State>::diff(ops, pointer::root(), before, same);
  }
  if (ops.count() != 0) state.SkipWithError("they differ");
}
BENCHMARK(diff_of_equal_states);

void diff_of_three_values(benchmark::State& state) {
  std::array<char, 512> room;
  sensor::State changed = after;
  for (auto _ : state) {
    json::buffer_output buffer(room.data(), room.size());
    json::writer out(buffer);
    dropped ops(out);
    benchmark::DoNotOptimize(changed);
    codec<sensor::State>::diff(ops, pointer::root(), before, changed);
    benchmark::DoNotOptimize(room);
  }
}
BENCHMARK(diff_of_three_values);

/// Diff, envelope, channel message and frame: a complete push except for the write.
void envelope_of_three_values(benchmark::State& state) {
  way_out sink;
  sensor::State changed = after;
  for (auto _ : state) {
    benchmark::DoNotOptimize(changed);
    envelope patch(sink, 1234);
    codec<sensor::State>::diff(patch, pointer::root(), before, changed);
    benchmark::DoNotOptimize(patch.finish());
    sink.flush();
  }
}
BENCHMARK(envelope_of_three_values);

void reply(benchmark::State& state) {
  way_out sink;
  for (auto _ : state) {
    sink.begin_reply("12345", true);
    sink.out().raw("{}");
    sink.end_reply();
    sink.flush();
  }
}
BENCHMARK(reply);

void frame_header(benchmark::State& state) {
  std::array<std::byte, net::websocket::max_server_header> header;
  for (auto _ : state) {
    benchmark::DoNotOptimize(net::websocket::write_frame_header(
        header, net::websocket::opcode::text, true, static_cast<std::uint64_t>(state.range(0))));
    benchmark::DoNotOptimize(header);
  }
}
BENCHMARK(frame_header)->Arg(100)->Arg(300)->Arg(70000);

}  // namespace
}  // namespace musubi::bench
