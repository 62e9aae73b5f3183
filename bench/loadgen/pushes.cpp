#include "loadgen/histogram.hpp"
#include "loadgen/measurement.hpp"
#include "loadgen/workloads.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace loadgen {

namespace {

/// A control client, then sensors, then clients that stall.
class fan_out final : public workload {
 public:
  fan_out(fleet& clients, const options& chosen)
      : clients_(&clients),
        sensors_(chosen.clients.front()),
        most_under_way_(chosen.depth),
        versions_(clients.size(), 1) {}

  /// Sends ticks, as many as may be in flight.
  void tick() {
    while (under_way_.size() < most_under_way_) {
      outgoing_.clear();
      (*clients_)[0].mounted.append_tick(outgoing_, 2 + ticks_++,
                                         clients_->floor() ? frame_kind::binary : frame_kind::text);
      under_way_.push_back({now(), 0});
      clients_->send((*clients_)[0], outgoing_);
    }
  }
  [[nodiscard]] bool idle() const noexcept {
    return under_way_.empty() && (clients_->floor() || replies_ == ticks_);
  }
  void begin_measuring() noexcept {
    measuring_ = true;
    pushes_ = 0;
    completed_ = 0;
  }
  [[nodiscard]] std::uint64_t pushes() const noexcept { return pushes_; }
  [[nodiscard]] std::uint64_t completed() const noexcept { return completed_; }
  [[nodiscard]] std::uint32_t ticks() const noexcept { return ticks_; }
  [[nodiscard]] const histogram& latency() const noexcept { return latency_; }
  /// Patches that a client has received after its first.
  [[nodiscard]] std::uint32_t patches_of(const client& who) const {
    return versions_[who.index] - 1;
  }

 private:
  struct tick_under_way {
    std::uint64_t sent;
    std::size_t reached;
  };

  void on_message(client& from, std::string_view message) override {
    if (from.index == 0) return on_reply(from, message);
    const std::uint32_t version = ++versions_[from.index];
    if (from.index > sensors_) return on_late_reading(from, message, version);
    ++from.uptime;
    if (!clients_->floor() && !from.mounted.is_reading(message, version, from.uptime)) {
      clients_->complain("reading", message);
    }
    ++pushes_;
    // the n-th patch answers the n-th tick
    const std::size_t position = version - 2 - finished_;
    if (position >= under_way_.size()) return clients_->complain("number of readings", message);
    tick_under_way& its = under_way_[position];
    if (measuring_) latency_.add(clients_->read_at() - its.sent);
    if (++its.reached == sensors_) finish_tick();
  }
  void on_reply(client& from, std::string_view message) {
    ++replies_;
    if (!clients_->floor() && !from.mounted.is_reply(message, 1 + replies_)) {
      clients_->complain("reply", message);
    }
  }
  /// A client that stalled misses readings, but nothing else.
  void on_late_reading(client& from, std::string_view message, std::uint32_t version) {
    std::int64_t uptime = 0;
    if (!from.mounted.is_some_reading(message, version, uptime) || uptime <= from.uptime) {
      clients_->complain("late reading", message);
    }
    from.uptime = uptime;
  }
  void finish_tick() {
    under_way_.pop_front();
    ++finished_;
    ++completed_;
  }

  fleet* clients_;
  std::size_t sensors_;
  std::size_t most_under_way_;
  std::vector<std::uint32_t> versions_;
  std::deque<tick_under_way> under_way_;
  std::string outgoing_;
  histogram latency_;
  std::uint32_t ticks_ = 0;
  std::uint32_t replies_ = 0;
  std::uint32_t finished_ = 0;
  std::uint64_t completed_ = 0;
  std::uint64_t pushes_ = 0;
  bool measuring_ = false;
};

/// Lets the stalled clients read; each must receive the newest reading.
void wake_stalled(fleet& clients, fan_out& work, const options& chosen, json_line& line) {
  const std::uint64_t deadline = now() + nanoseconds(5);
  while (!work.idle() && now() < deadline) clients.poll(work, 100);
  std::size_t missed = 0;
  for (std::size_t i = 1 + chosen.clients.front(); i < clients.size(); ++i) {
    clients.heed(clients[i]);
    while (clients[i].uptime != clients[1].uptime && now() < deadline) clients.poll(work, 100);
    if (clients[i].uptime != clients[1].uptime) clients.complain("newest reading", "");
    missed += work.ticks() - work.patches_of(clients[i]);
  }
  line.number("stalled", chosen.stalled).number("readings_skipped", missed);
}

}  // namespace

std::uint64_t run_pushes(const options& chosen) {
  fleet clients(chosen.server);
  const std::size_t count = chosen.clients.front();
  clients.add(root_kind::counter, "control");
  for (std::size_t i = 0; i < count; ++i) clients.add(root_kind::sensor, "c" + std::to_string(i));
  for (std::size_t i = 0; i < chosen.stalled; ++i) {
    clients.keep_buffers_small(clients.add(root_kind::sensor, "s" + std::to_string(i)));
  }
  clients.join_all(chosen.in_flight);
  for (std::size_t i = 1 + count; i < clients.size(); ++i) clients.ignore(clients[i]);

  fan_out work(clients, chosen);
  const std::uint64_t warm = now() + nanoseconds(chosen.operations != 0 ? 0 : chosen.warm_up);
  while (now() < warm) {
    work.tick();
    clients.poll(work, 100);
  }
  measurement measured(chosen.process, clients);
  const memory_use before = memory_of(chosen.process);
  work.begin_measuring();
  measured.begin();
  const std::uint64_t started = now();
  while (goes_on(chosen, started, work.pushes())) {
    work.tick();
    clients.poll(work, 100);
  }

  json_line line("pushes");
  line.number("clients", count);
  measured.report(line, work.pushes());
  line.number("ticks_per_s", static_cast<double>(work.completed()) / seconds(now() - started))
      .number("p50_us", work.latency().microseconds(0.5))
      .number("p99_us", work.latency().microseconds(0.99))
      .number("operations", work.pushes());
  if (chosen.stalled != 0) {
    const memory_use after = memory_of(chosen.process);
    line.number("grown_bytes", static_cast<std::int64_t>(after.resident) -
                                   static_cast<std::int64_t>(before.resident));
    wake_stalled(clients, work, chosen, line);
    line.number("bad_at_end", clients.bad());
  }
  line.print();
  return clients.bad();
}

}  // namespace loadgen
