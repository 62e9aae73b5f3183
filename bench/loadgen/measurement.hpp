#pragma once

#include "loadgen/clock.hpp"
#include "loadgen/fleet.hpp"
#include "loadgen/json_line.hpp"
#include "loadgen/process.hpp"

#include <cstdint>
#include <sys/types.h>
#include <unistd.h>

namespace loadgen {

/// The CPU time that server and load generator use between `begin` and `report`.
class measurement {
 public:
  measurement(pid_t server, const fleet& clients) : server_(server), clients_(&clients) {}

  void begin() {
    reads_ = clients_->reads();
    bytes_ = clients_->bytes_read();
    server_before_ = cpu_of(server_);
    own_before_ = cpu_of(getpid());
    started_ = now();
  }
  /// Adds the cost of each of `operations` to the results.
  void report(json_line& line, std::uint64_t operations) const {
    const double elapsed = seconds(now() - started_);
    const cpu_time server = cpu_of(server_) - server_before_;
    const cpu_time own = cpu_of(getpid()) - own_before_;
    const double count = operations == 0 ? 1 : static_cast<double>(operations);
    // the scheduler measures the sum precisely; the clock ticks show how it divides
    const double ticks = server.user + server.kernel;
    const double user = ticks > 0 ? server.run * server.user / ticks : 0;
    line.number("per_s", static_cast<double>(operations) / elapsed)
        .number("server_us", server.run * 1e6 / count)
        .number("server_user_us", user * 1e6 / count)
        .number("reads_per_op", static_cast<double>(clients_->reads() - reads_) / count)
        .number("bytes_per_op", static_cast<double>(clients_->bytes_read() - bytes_) / count)
        .number("server_load", server.run / elapsed)
        .number("generator_load", own.run / elapsed)
        .number("bad", clients_->bad());
  }

 private:
  pid_t server_;
  const fleet* clients_;
  std::uint64_t reads_ = 0;
  std::uint64_t bytes_ = 0;
  cpu_time server_before_;
  cpu_time own_before_;
  std::uint64_t started_ = 0;
};

}  // namespace loadgen
