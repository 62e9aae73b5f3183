#include "sampling/sampler.hpp"

#include "sampling/news.hpp"

#include <cmath>
#include <limits>

#include <musubi/async/sleep.hpp>

namespace gateway {

using namespace std::chrono_literals;

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

/// A value as a chart keeps it.
template <class Value>
float charted(const std::optional<Value>& value) noexcept {
  return value ? static_cast<float>(*value) : unknown;
}

/// Adds what is known.
void sum_up(float& sum, const std::optional<std::uint64_t>& part) noexcept {
  if (part) sum = (std::isnan(sum) ? 0.0F : sum) + static_cast<float>(*part);
}

}  // namespace

sampler::sampler(const file_tree& files) noexcept
    : files_(files), counting_since_(read_uptime(files)), host_(musubi::runtime::current()) {}

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
    news::processes.publish(processes_.reading());
  }
}

look sampler::next(cadence& looks) const noexcept {
  const std::chrono::milliseconds period(news::settings_changed.latest().period);
  return looks.next(host_->now(), period);
}

void sampler::look_at_machine() noexcept {
  const look now = next(machine_looks_);
  vitals seen;
  seen.looks = now.number;
  seen.uptime = read_uptime(files_);
  seen.counting_since = counting_since_;
  seen.load = read_load(files_);
  seen.processor = cpu_.sample();
  seen.memory = read_memory(files_);
  remember(now, seen);
  news::machine.publish(seen);
}

void sampler::remember(const look& now, const vitals& seen) const noexcept {
  auto sample = news::machine_past.nothing();
  if (seen.processor.busy)
    sample[machine_value::processor] = std::round(*seen.processor.busy * 10.0F) / 10.0F;
  if (seen.memory) sample[machine_value::memory] = static_cast<float>(seen.memory->used);
  for (const interface_reading& each : news::network.latest().interfaces) {
    if (each.name == "lo") continue;  // what stays in the machine
    sum_up(sample[machine_value::received], each.receive_rate);
    sum_up(sample[machine_value::sent], each.send_rate);
  }
  for (const disk_reading& each : news::disks.latest().disks) {
    sum_up(sample[machine_value::read], each.read_rate);
    sum_up(sample[machine_value::written], each.write_rate);
  }
  news::machine_past.add({}, now, sample);
}

void sampler::look_at_network() noexcept {
  const look now = next(network_looks_);
  const network_reading seen = network_.sample(clock::now());
  for (const interface_reading& each : seen.interfaces) {
    news::network_past.add(each.name, now, {charted(each.receive_rate), charted(each.send_rate)});
  }
  news::network.publish(seen);
}

void sampler::look_at_disks() noexcept {
  const look now = next(disks_looks_);
  const disks_reading seen = disks_.sample(clock::now());
  for (const disk_reading& each : seen.disks) {
    news::disks_past.add(each.name, now, {charted(each.read_rate), charted(each.write_rate)});
  }
  news::disks.publish(seen);
}

void sampler::look_at_surroundings() noexcept {
  news::surroundings.publish({read_climate(files_), read_power(files_)});
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
  news::processes.publish(processes_.reading());
  look_at_machine();
}

void sampler::follow() noexcept {
  const settings wanted = news::settings_changed.latest();
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
  counting_since_ = read_uptime(files_);
  pulse_.now();
}

}  // namespace gateway
