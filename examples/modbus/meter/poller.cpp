#include "meter/poller.hpp"

#include <array>

#include <musubi/async/offload.hpp>
#include <musubi/async/sleep.hpp>

namespace meter {

using namespace std::chrono_literals;

musubi::task<> poller::run() {
  for (;;) {
    auto reading = read();
    (void)co_await reading;
    co_await musubi::sleep(period_);
  }
}

musubi::task<> poller::read() {
  auto reading = musubi::offload({.within = 2s, .in_turn_with = line_},
                                 [line = line_] { return read_from(*line); });
  auto found = co_await reading;
  while (reading.is_under_way()) {  // the look-up of a name may take long
    show(musubi::refuse("the meter does not answer"));
    found = co_await reading.answer_within(1s);
  }
  if (found.ok()) {
    show(*found);
  } else {
    show(found.error());
  }
}

musubi::result<poller::contents> poller::read_from(bus& line) noexcept {
  std::array<std::uint16_t, sdm230::electricity_size> electric{};
  std::array<std::uint16_t, sdm230::energy_size> energetic{};
  std::array<std::uint16_t, sdm230::float_size> width{};
  if (const auto read = line.read_input(sdm230::electricity, electric); !read.ok()) return read;
  if (const auto read = line.read_input(sdm230::energy, energetic); !read.ok()) return read;
  if (const auto read = line.read_holding(sdm230::pulse_width, width); !read.ok()) return read;
  return contents{.now = sdm230::measured(electric, energetic),
                  .pulse_width = sdm230::scaled(sdm230::to_float(width, 0))};
}

musubi::task<musubi::status> poller::set_pulse_width(std::int32_t milliseconds) {
  auto writing = musubi::offload({.in_turn_with = line_}, [line = line_, milliseconds] {
    return line->write_holding(sdm230::pulse_width,
                               sdm230::to_registers(static_cast<float>(milliseconds)));
  });
  const musubi::status written = co_await writing;
  if (writing.is_under_way()) {
    co_return musubi::refuse("the meter does not answer; it may still be set");
  }
  if (written.ok()) known_.update([&](knowledge& now) { now.pulse_width = milliseconds; });
  co_return written;
}

void poller::show(const contents& found) noexcept {
  read_at_ = musubi::runtime::current()->now();
  known_.set({.last = found.now, .pulse_width = found.pulse_width, .problem = {}});
}

void poller::show(const musubi::status& problem) noexcept {
  const musubi::duration silent =
      read_at_ ? musubi::runtime::current()->now() - *read_at_ : musubi::duration{};
  known_.update([&](knowledge& now) {
    now.problem = musubi::text<64>::clipped(problem.reason());
    now.silent_seconds =
        static_cast<std::uint32_t>(std::chrono::floor<std::chrono::seconds>(silent).count());
  });
}

}  // namespace meter
