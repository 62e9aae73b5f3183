#include "sampling/sampler.hpp"

#include "sampling/news.hpp"

#include <musubi/async/sleep.hpp>

namespace gateway {

using namespace std::chrono_literals;

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

void sampler::look_at_machine() noexcept {
  vitals seen;
  seen.looks = ++looks_;
  seen.uptime = read_uptime(files_);
  seen.counting_since = counting_since_;
  seen.load = read_load(files_);
  seen.processor = cpu_.sample();
  seen.memory = read_memory(files_);
  news::machine.publish(seen);
}

void sampler::look_at_network() noexcept {
  news::network.publish(network_.sample(clock::now()));
}

void sampler::look_at_disks() noexcept {
  news::disks.publish(disks_.sample(clock::now()));
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
