#include "loadgen/measurement.hpp"
#include "loadgen/workloads.hpp"

#include <cstdint>
#include <string>
#include <time.h>

namespace loadgen {

namespace {

void settle() {
  const timespec half_second{0, 500'000'000};
  nanosleep(&half_second, nullptr);
}

}  // namespace

std::uint64_t run_idle(const options& chosen) {
  fleet clients(chosen.server);
  const memory_use at_rest = memory_of(chosen.process);
  json_line("idle")
      .number("clients", std::size_t{0})
      .number("resident_bytes", at_rest.resident)
      .number("bad", clients.bad())
      .print();
  for (const std::size_t step : chosen.clients) {
    const std::size_t before = clients.size();
    while (clients.size() < step) {
      clients.add(root_kind::counter, "c" + std::to_string(clients.size()));
    }
    const cpu_time cpu_before = cpu_of(chosen.process);
    const std::uint64_t started = now();
    clients.join_all(chosen.in_flight);
    const double elapsed = seconds(now() - started);
    const cpu_time cpu = cpu_of(chosen.process) - cpu_before;
    settle();
    const memory_use used = memory_of(chosen.process);
    const auto joined = static_cast<double>(clients.size() - before);
    json_line("idle")
        .number("clients", clients.size())
        .number("resident_bytes", used.resident)
        .number("bytes_per_client",
                (static_cast<double>(used.resident) - static_cast<double>(at_rest.resident)) /
                    static_cast<double>(clients.size()))
        .number("join_us", cpu.run * 1e6 / joined)
        .number("joins_per_s", joined / elapsed)
        .number("bad", clients.bad())
        .print();
  }
  return clients.bad();
}

}  // namespace loadgen
