#include "loadgen/histogram.hpp"
#include "loadgen/measurement.hpp"
#include "loadgen/workloads.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace loadgen {

namespace {

class command_loop final : public workload {
 public:
  command_loop(fleet& clients, std::uint32_t depth)
      : clients_(&clients),
        depth_(depth),
        progress_(clients.size()),
        sent_at_(clients.size() * depth) {}

  void start() {
    for (std::size_t i = 0; i < clients_->size(); ++i) top_up((*clients_)[i], now());
  }
  void begin_measuring() noexcept {
    measuring_ = true;
    done_ = 0;
  }
  [[nodiscard]] std::uint64_t done() const noexcept { return done_; }
  [[nodiscard]] const histogram& latency() const noexcept { return latency_; }

 private:
  /// The counters of one client.
  struct counts {
    std::uint32_t sent = 0;
    std::uint32_t replies = 0;
    std::uint32_t patches = 0;
    std::uint32_t done = 0;
  };

  void on_message(client& from, std::string_view message) override {
    counts& its = progress_[from.index];
    // the floor also sends a reply and a patch
    const bool reply = clients_->floor() ? its.replies == its.patches : root::answers(message);
    if (reply) {
      ++its.replies;
      if (!clients_->floor() && !from.mounted.is_reply(message, first_ref + its.replies)) {
        clients_->complain("reply", message);
      }
    } else {
      ++its.patches;
      if (!clients_->floor() &&
          !from.mounted.is_count(message, 1 + its.patches, std::int64_t{its.patches})) {
        clients_->complain("patch", message);
      }
    }
    for (; its.done < std::min(its.replies, its.patches); ++its.done) {
      ++done_;
      if (measuring_) latency_.add(clients_->read_at() - sent_at(from, its.done));
    }
  }
  void on_read(client& from) override { top_up(from, clients_->read_at()); }

  /// The ref of the join; commands use the following ones.
  static constexpr std::uint32_t first_ref = 1;

  void top_up(client& to, std::uint64_t time) {
    counts& its = progress_[to.index];
    outgoing_.clear();
    for (; its.sent - its.done < depth_; ++its.sent) {
      sent_at(to, its.sent) = time;
      to.mounted.append_increment(outgoing_, first_ref + its.sent + 1);
    }
    if (!outgoing_.empty()) clients_->send(to, outgoing_);
  }
  [[nodiscard]] std::uint64_t& sent_at(const client& who, std::uint32_t command) {
    return sent_at_[who.index * depth_ + command % depth_];
  }

  fleet* clients_;
  std::uint32_t depth_;
  std::vector<counts> progress_;
  std::vector<std::uint64_t> sent_at_;
  std::string outgoing_;
  histogram latency_;
  std::uint64_t done_ = 0;
  bool measuring_ = false;
};

}  // namespace

std::uint64_t run_commands(const options& chosen) {
  fleet clients(chosen.server);
  const std::size_t count = chosen.clients.front();
  for (std::size_t i = 0; i < count; ++i) {
    clients.add(root_kind::counter, "c" + std::to_string(i));
  }
  clients.join_all(chosen.in_flight);

  command_loop work(clients, chosen.depth);
  work.start();
  const std::uint64_t warm = now() + nanoseconds(chosen.operations != 0 ? 0 : chosen.warm_up);
  while (now() < warm) clients.poll(work, 100);

  measurement measured(chosen.process, clients);
  work.begin_measuring();
  measured.begin();
  const std::uint64_t started = now();
  while (goes_on(chosen, started, work.done())) clients.poll(work, 100);

  json_line line("commands");
  line.number("clients", count).number("depth", chosen.depth);
  measured.report(line, work.done());
  line.number("p50_us", work.latency().microseconds(0.5))
      .number("p99_us", work.latency().microseconds(0.99))
      .number("operations", work.done())
      .print();
  return clients.bad();
}

}  // namespace loadgen
