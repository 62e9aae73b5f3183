#include "sampling/sampler.hpp"

#include "sampling/news.hpp"

#include <cmath>
#include <limits>

#include <musubi/async/offload.hpp>

namespace gateway {

using namespace std::chrono_literals;

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

/// A value of a reading as a chart keeps it. One of an earlier look is in the chart already.
template <class Reading>
float charted(const Reading& of, const std::optional<std::uint64_t>& value) noexcept {
  return value && !of.stale ? static_cast<float>(*value) : unknown;
}

/// Adds what is known.
void sum_up(float& sum, float part) noexcept {
  if (!std::isnan(part)) sum = (std::isnan(sum) ? 0.0F : sum) + part;
}

/// What was told last is of an earlier look.
template <class Readings>
void call_stale(Readings& readings) noexcept {
  for (auto& each : readings) each.stale = true;
}

}  // namespace

sampler::sampler(const file_tree& files, space_lookup space) noexcept
    : files_(files), spaces_(files_, space), host_(musubi::runtime::current()) {
  nudge_.listen(*host_);
}

template <class Look, class Late>
musubi::task<musubi::status> sampler::beside(Look look, Late late) {
  auto looking = musubi::offload({.within = patience}, look);
  musubi::status looked = co_await looking;
  while (looking.is_under_way()) {
    late();
    looked = co_await looking.answer_within(1s);
  }
  if (!looked.ok()) late();
  co_return looked;
}

musubi::task<> sampler::watch_machine() {
  for (int looks = 0;; ++looks) {
    const look now = next(machine_looks_);
    const auto work = [this, resets = resets_] { look_at_machine(resets); };
    auto looking = beside(work, [this] { machine_is_late(); });
    if ((co_await looking).ok()) tell_machine(now);
    if (looks == 0) ++looked_;
    co_await pulse_.beat();
  }
}

musubi::task<> sampler::watch_network() {
  for (int looks = 0;; ++looks) {
    const look now = next(network_looks_);
    const auto work = [this, resets = resets_] { look_at_network(resets); };
    auto looking = beside(work, [this] { network_is_late(); });
    if ((co_await looking).ok()) tell_network(now);
    if (looks == 0) ++looked_;
    co_await pulse_.beat();
  }
}

musubi::task<> sampler::watch_disks() {
  for (int looks = 0;; ++looks) {
    const look now = next(disks_looks_);
    const auto work = [this, resets = resets_] { look_at_disks(resets); };
    const auto late = [this] { disks_are_late(); };
    // At first it is not known whom to ask; and a file that is mounted hides the disk behind it
    // until it has answered.
    for (int finds = looks == 0 ? 3 : 0; finds-- > 0;) {
      const auto find = [this] {
        spaces_.begin();
        disks_.sensor.find();
      };
      auto finding = beside(find, late);
      (void)co_await finding;
      auto asking = spaces_.ask();
      (void)co_await asking;
    }
    if (looks != 0) {
      auto asking = spaces_.ask();
      (void)co_await asking;
    }
    auto looking = beside(work, late);
    if ((co_await looking).ok()) tell_disks(now);
    if (looks == 0) ++looked_;
    co_await pulse_.beat();
  }
}

musubi::task<> sampler::watch_climate() {
  for (int looks = 0;; ++looks) {
    const auto work = [this] { climate_.seen = climate_.sensor.sample(); };
    auto looking = beside(work, [this] { climate_is_late(); });
    if ((co_await looking).ok()) tell_climate(climate_.seen);
    if (looks == 0) ++looked_;
    co_await pulse_.beat();
  }
}

musubi::task<> sampler::watch_power() {
  for (int looks = 0;; ++looks) {
    const auto work = [this] { power_.seen = power_.sensor.sample(); };
    auto looking = beside(work, [this] { power_is_late(); });
    if ((co_await looking).ok()) tell_power(power_.seen);
    if (looks == 0) ++looked_;
    co_await pulse_.beat();
  }
}

musubi::task<> sampler::watch_processes() {
  for (int looks = 0;; ++looks) {
    processes_seen_ = host_->now();
    const auto work = [this] { look_at_processes(); };
    auto looking = beside(work, [this] { processes_are_late(); });
    if ((co_await looking).ok()) tell_processes(processes_.reading());
    if (looks == 0) ++looked_;
    do {
      co_await pulse_.beat();
      // It opens a file for each process: once in a second is enough for it.
    } while (host_->now() - processes_seen_ < 900ms);
  }
}

look sampler::next(cadence& looks) const noexcept {
  const std::chrono::milliseconds period(news::settings_changed.get().period);
  return looks.next(host_->now(), period);
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

/// False, and `value` as it was, when it could not be read.
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

void sampler::look_at_processes() noexcept {
  processes_.begin(clock::now());
  while (processes_.step(processes_sensor::watched)) {
  }
}

void sampler::tell_ages(vitals& of) noexcept {
  processor_taken_.tell(of.processor, host_->now());
  if (of.load) load_taken_.tell(*of.load, host_->now());
  if (of.memory) memory_taken_.tell(*of.memory, host_->now());
}

void sampler::tell_machine(const look& now) noexcept {
  vitals seen = machine_.seen;
  seen.looks = now.number;
  tell_ages(seen);
  remember(now, seen);
  news::machine.set(seen);
}

void sampler::machine_is_late() noexcept {
  news::machine.update([this](vitals& last) {
    last.processor.stale = true;
    if (last.load) last.load->stale = true;
    if (last.memory) last.memory->stale = true;
    tell_ages(last);
  });
}

void sampler::remember(const look& now, const vitals& seen) const noexcept {
  auto sample = news::machine_past.nothing();
  if (seen.processor.busy && !seen.processor.stale)
    sample[machine_value::processor] = std::round(*seen.processor.busy * 10.0F) / 10.0F;
  if (seen.memory && !seen.memory->stale)
    sample[machine_value::memory] = static_cast<float>(seen.memory->used);
  for (const interface_reading& each : news::network.get().interfaces) {
    if (each.name == "lo") continue;  // what stays in the machine
    sum_up(sample[machine_value::received], charted(each, each.receive_rate));
    sum_up(sample[machine_value::sent], charted(each, each.send_rate));
  }
  for (const disk_reading& each : news::disks.get().disks) {
    sum_up(sample[machine_value::read], charted(each, each.read_rate));
    sum_up(sample[machine_value::written], charted(each, each.write_rate));
  }
  news::machine_past.add({}, now, sample);
}

void sampler::tell_network(const look& now) noexcept {
  network_reading seen = network_.seen;
  for (const interface_reading& each : seen.interfaces) {
    news::network_past.add(each.name, now,
                           {charted(each, each.receive_rate), charted(each, each.send_rate)});
  }
  network_ages_.tell(seen.interfaces, host_->now());
  news::network.set(seen);
}

void sampler::network_is_late() noexcept {
  news::network.update([this](network_reading& last) {
    call_stale(last.interfaces);
    network_ages_.tell(last.interfaces, host_->now());
  });
}

void sampler::tell_disks(const look& now) noexcept {
  disks_reading seen = disks_.seen;
  for (const disk_reading& each : seen.disks) {
    news::disks_past.add(each.name, now,
                         {charted(each, each.read_rate), charted(each, each.write_rate)});
  }
  disks_ages_.tell(seen.disks, host_->now());
  news::disks.set(seen);
}

void sampler::disks_are_late() noexcept {
  news::disks.update([this](disks_reading& last) {
    call_stale(last.disks);
    disks_ages_.tell(last.disks, host_->now());
  });
}

void sampler::tell_climate(climate_reading seen) noexcept {
  temperature_ages_.tell(seen.temperatures, host_->now());
  fan_ages_.tell(seen.fans, host_->now());
  news::surroundings.update([&](environment& last) { last.climate = seen; });
}

void sampler::climate_is_late() noexcept {
  climate_reading last = news::surroundings.get().climate;
  call_stale(last.temperatures);
  call_stale(last.fans);
  tell_climate(last);
}

void sampler::tell_power(power_reading seen) noexcept {
  battery_ages_.tell(seen.batteries, host_->now());
  news::surroundings.update([&](environment& last) { last.power = seen; });
}

void sampler::power_is_late() noexcept {
  power_reading last = news::surroundings.get().power;
  call_stale(last.batteries);
  tell_power(last);
}

void sampler::tell_processes(processes_reading seen) noexcept {
  processes_taken_.tell(seen, host_->now());
  news::processes.set(seen);
}

void sampler::processes_are_late() noexcept {
  processes_reading last = news::processes.get();
  last.stale = true;
  tell_processes(last);
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
