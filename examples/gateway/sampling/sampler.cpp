#include "sampling/sampler.hpp"

#include "sampling/news.hpp"

#include <cmath>
#include <limits>

#include <musubi/async/offload.hpp>

namespace gateway {

using namespace std::chrono_literals;

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

/// A value of a reading for a chart. A stale one is unknown, because the chart already has it.
template <class Reading>
float charted(const Reading& of, const std::optional<std::uint64_t>& value) noexcept {
  return value && !of.stale ? static_cast<float>(*value) : unknown;
}

/// Adds `part`, unless it is unknown.
void sum_up(float& sum, float part) noexcept {
  if (!std::isnan(part)) sum = (std::isnan(sum) ? 0.0F : sum) + part;
}

}  // namespace

constinit const std::array<sampler::sensor, 6> sampler::sensors{{
    {.sample = &sampler::look_at_network, .publish = &sampler::publish_network},
    // A mounted file hides the disk below it until it has answered, so it takes three rounds.
    {.sample = &sampler::look_at_disks,
     .publish = &sampler::publish_disks,
     .ask = &sampler::ask_disks,
     .find = &sampler::find_disks,
     .finds = 3},
    {.sample = &sampler::look_at_climate,
     .publish = &sampler::publish_climate,
     .ask = &sampler::ask_climate,
     .find = &sampler::look_at_climate,
     .finds = 1},
    {.sample = &sampler::look_at_power, .publish = &sampler::publish_power},
    // It opens a file for each process, so it looks at most once in 0.9 s.
    {.sample = &sampler::look_at_processes, .publish = &sampler::publish_processes, .pause = 900ms},
    {.sample = &sampler::look_at_machine, .publish = &sampler::publish_machine},
}};

sampler::sampler(const file_tree& files, space_lookup space, chip_lookup chip) noexcept
    : files_(files),
      spaces_(files_, space),
      chips_(files_, chip),
      host_(musubi::runtime::current()) {
  nudge_.listen(*host_);
}

/// Runs `what` on a thread, however long it takes. While it is late, or if no thread was available,
/// publishes the last reading as stale.
musubi::task<musubi::status> sampler::run(const sensor& of, step what) {
  auto looking = musubi::offload({.within = patience},
                                 [this, what, resets = resets_] { (this->*what)(resets); });
  musubi::status looked = co_await looking;
  while (looking.is_under_way()) {
    (this->*of.publish)(nullptr);
    looked = co_await looking.answer_within(1s);
  }
  if (!looked.ok()) (this->*of.publish)(nullptr);
  co_return looked;
}

musubi::task<> sampler::watch(const sensor& of) {
  cadence looks;
  for (bool is_first = true;; is_first = false) {
    const std::chrono::milliseconds period(news::settings_changed.get().period);
    const musubi::time_point began = host_->now();
    const look now = looks.next(began, period);
    for (int asks = of.ask == nullptr ? 0 : is_first ? of.finds : 1; asks > 0; --asks) {
      if (is_first) {
        auto finding = run(of, of.find);
        (void)co_await finding;
      }
      auto asking = (this->*of.ask)();
      (void)co_await asking;
    }
    auto looking = run(of, of.sample);
    if ((co_await looking).ok()) (this->*of.publish)(&now);
    if (is_first) ++looked_;
    do {
      co_await pulse_.beat();
    } while (host_->now() - began < of.pause);
  }
}

void sampler::look_at_machine(std::uint32_t resets) noexcept {
  vitals& seen = machine_.seen;
  look_again(seen.uptime, [](file_reader& reader) { return read_uptime(reader); });
  if (!look_again(seen.load, [](file_reader& reader) { return read_load(reader); }) && seen.load) {
    seen.load->stale = true;
  }
  if (!look_again(seen.memory, [](file_reader& reader) { return read_memory(reader); }) &&
      seen.memory) {
    seen.memory->stale = true;
  }
  if (machine_.resets != resets) machine_.sensor.reset();
  if (machine_.resets != resets || !seen.counting_since) seen.counting_since = seen.uptime;
  machine_.resets = resets;
  seen.processor = machine_.sensor.sample();
}

/// Reads `value` again. Returns false and leaves it unchanged if it could not be read.
template <class Value, class Read>
bool sampler::look_again(Value& value, const Read& read) noexcept {
  file_reader reader(files_);
  const Value found = read(reader);
  if (reader.failed()) return false;
  value = found;
  return true;
}

void sampler::look_at_network(std::uint32_t resets) noexcept {
  if (network_.resets != resets) network_.sensor.reset();
  network_.resets = resets;
  network_.seen = network_.sensor.sample(clock::now());
}

void sampler::look_at_disks(std::uint32_t resets) noexcept {
  if (disks_.resets != resets) disks_.sensor.reset();
  disks_.resets = resets;
  spaces_.begin();
  disks_.seen = disks_.sensor.sample(clock::now());
}

void sampler::find_disks(std::uint32_t /*resets*/) noexcept {
  spaces_.begin();
  disks_.sensor.find();
}

void sampler::look_at_climate(std::uint32_t /*resets*/) noexcept {
  chips_.begin();
  climate_.seen = climate_.sensor.sample();
}

void sampler::look_at_power(std::uint32_t /*resets*/) noexcept {
  power_.seen = power_.sensor.sample();
}

void sampler::look_at_processes(std::uint32_t /*resets*/) noexcept {
  processes_.begin(clock::now());
  while (processes_.step(processes_sensor::watched)) {
  }
}

template <class Reading>
void sampler::date(Reading& seen, bool is_late) noexcept {
  if (is_late) call_stale(seen);
  ages_.tell(seen, host_->now());
}

template <class Reading, class Use>
void sampler::publish(const look* now, const Reading& taken, musubi::watch<Reading>& to,
                      const Use& use) noexcept {
  Reading seen = now != nullptr ? taken : to.get();
  if (now != nullptr) use(seen);
  date(seen, now == nullptr);
  to.set(seen);
}

template <class Part>
void sampler::publish_part(const look* now, const Part& taken, Part environment::*part) noexcept {
  environment seen = news::surroundings.get();
  if (now != nullptr) seen.*part = taken;
  date(seen.*part, now == nullptr);
  news::surroundings.set(seen);
}

void sampler::publish_machine(const look* now) noexcept {
  publish(now, machine_.seen, news::machine, [&](vitals& seen) {
    seen.looks = now->number;
    remember(*now, seen);
  });
}

void sampler::remember(const look& now, const vitals& seen) const noexcept {
  auto sample = news::machine_past.nothing();
  if (seen.processor.busy && !seen.processor.stale)
    sample[machine_value::processor] = std::round(*seen.processor.busy * 10.0F) / 10.0F;
  if (seen.memory && !seen.memory->stale)
    sample[machine_value::memory] = static_cast<float>(seen.memory->used);
  for (const interface_reading& each : news::network.get().interfaces) {
    if (each.name == "lo") continue;  // its traffic stays in the machine
    sum_up(sample[machine_value::received], charted(each, each.receive_rate));
    sum_up(sample[machine_value::sent], charted(each, each.send_rate));
  }
  for (const disk_reading& each : news::disks.get().disks) {
    sum_up(sample[machine_value::read], charted(each, each.read_rate));
    sum_up(sample[machine_value::written], charted(each, each.write_rate));
  }
  news::machine_past.add({}, now, sample);
}

void sampler::publish_network(const look* now) noexcept {
  publish(now, network_.seen, news::network, [&](const network_reading& seen) {
    for (const interface_reading& each : seen.interfaces) {
      news::network_past.add(each.name, *now,
                             {charted(each, each.receive_rate), charted(each, each.send_rate)});
    }
  });
}

void sampler::publish_disks(const look* now) noexcept {
  publish(now, disks_.seen, news::disks, [&](const disks_reading& seen) {
    for (const disk_reading& each : seen.disks) {
      news::disks_past.add(each.name, *now,
                           {charted(each, each.read_rate), charted(each, each.write_rate)});
    }
  });
}

void sampler::publish_climate(const look* now) noexcept {
  publish_part(now, climate_.seen, &environment::climate);
}

void sampler::publish_power(const look* now) noexcept {
  publish_part(now, power_.seen, &environment::power);
}

void sampler::publish_processes(const look* now) noexcept {
  publish(now, processes_.reading(), news::processes, [](const processes_reading&) {});
}

void sampler::follow() noexcept {
  const settings wanted = news::settings_changed.get();
  const bool reset = wanted.resets != resets_;
  resets_ = wanted.resets;
  if (wanted.paused) {
    pulse_.pause();
  } else {
    pulse_.start(std::chrono::milliseconds(wanted.period));
  }
  if (!wanted.paused || reset) pulse_.now();
}

}  // namespace gateway
