#include "sampling/sampler.hpp"

#include "sampling/news.hpp"

#include <cmath>
#include <limits>

#include <musubi/async/sleep.hpp>

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

}  // namespace

sampler::sampler(const file_tree& files) noexcept
    : files_(files), host_(musubi::runtime::current()) {
  look_again(seen_.uptime, [](file_reader& reader) { return read_uptime(reader); });
  seen_.counting_since = seen_.uptime;
}

musubi::task<> sampler::watch_machine() {
  for (;;) {
    co_await pulse_.beat();
    look_at_machine();
  }
}

musubi::task<> sampler::watch_network() {
  for (;;) {
    co_await pulse_.beat();
    look_at_network();
  }
}

musubi::task<> sampler::watch_disks() {
  for (;;) {
    co_await pulse_.beat();
    look_at_disks();
  }
}

musubi::task<> sampler::watch_surroundings() {
  for (;;) {
    co_await pulse_.beat();
    look_at_surroundings();
  }
}

musubi::task<> sampler::watch_processes() {
  constexpr std::size_t at_a_time = 32;
  for (;;) {
    co_await pulse_.beat();
    // It opens a file for each process: once in a second is enough for it.
    if (clock::now() - processes_seen_ < 900ms) continue;
    processes_seen_ = clock::now();
    processes_.begin(processes_seen_);
    while (processes_.step(at_a_time)) co_await musubi::sleep(0ms);
    news::processes.set(processes_.reading());
  }
}

look sampler::next(cadence& looks) const noexcept {
  const std::chrono::milliseconds period(news::settings_changed.get().period);
  return looks.next(host_->now(), period);
}

void sampler::look_at_machine() noexcept {
  const look now = next(machine_looks_);
  seen_.looks = now.number;
  look_again(seen_.uptime, [](file_reader& reader) { return read_uptime(reader); });
  if (!look_again(seen_.load, [](file_reader& reader) { return read_load(reader); }) &&
      seen_.load) {
    seen_.load->stale = true;
  }
  if (!look_again(seen_.memory, [](file_reader& reader) { return read_memory(reader); }) &&
      seen_.memory) {
    seen_.memory->stale = true;
  }
  seen_.processor = cpu_.sample();
  remember(now, seen_);
  news::machine.set(seen_);
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

void sampler::look_at_network() noexcept {
  const look now = next(network_looks_);
  const network_reading seen = network_.sample(clock::now());
  for (const interface_reading& each : seen.interfaces) {
    news::network_past.add(each.name, now,
                           {charted(each, each.receive_rate), charted(each, each.send_rate)});
  }
  news::network.set(seen);
}

void sampler::look_at_disks() noexcept {
  const look now = next(disks_looks_);
  const disks_reading seen = disks_.sample(clock::now());
  for (const disk_reading& each : seen.disks) {
    news::disks_past.add(each.name, now,
                         {charted(each, each.read_rate), charted(each, each.write_rate)});
  }
  news::disks.set(seen);
}

void sampler::look_at_surroundings() noexcept {
  news::surroundings.set({climate_.sample(), power_.sample()});
}

void sampler::first_look() noexcept {
  news::identity = read_identity(files_);
  look_at_network();
  look_at_disks();
  look_at_surroundings();
  processes_seen_ = clock::now();
  processes_.begin(processes_seen_);
  while (processes_.step(processes_sensor::watched)) {
  }
  news::processes.set(processes_.reading());
  look_at_machine();
}

void sampler::follow() noexcept {
  const settings wanted = news::settings_changed.get();
  if (wanted.paused) {
    pulse_.pause();
  } else {
    pulse_.start(std::chrono::milliseconds(wanted.period));
    pulse_.now();
  }
  if (wanted.resets != resets_) {
    resets_ = wanted.resets;
    reset();
  }
}

void sampler::reset() noexcept {
  cpu_.reset();
  network_.reset();
  disks_.reset();
  look_again(seen_.uptime, [](file_reader& reader) { return read_uptime(reader); });
  seen_.counting_since = seen_.uptime;
  pulse_.now();
}

}  // namespace gateway
