/// The metrics as an HTTP response in the text format of Prometheus, one part at a time.
#include <cstring>

#include <musubi/host/host_core.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/net/http/internal/response.hpp>

namespace musubi {

namespace {

struct named_counter {
  std::string_view name;
  std::uint64_t (*read)(const counters&);
};

constexpr named_counter all_counters[] = {
    {"streams_accepted", [](const counters& c) -> std::uint64_t { return c.accepted; }},
    {"http_requests", [](const counters& c) -> std::uint64_t { return c.requests; }},
    {"upgrades", [](const counters& c) -> std::uint64_t { return c.upgrades; }},
    {"upgrades_refused", [](const counters& c) -> std::uint64_t { return c.upgrades_refused; }},
    {"upgrades_full", [](const counters& c) -> std::uint64_t { return c.upgrades_full; }},
    {"heads_refused", [](const counters& c) -> std::uint64_t { return c.heads_refused; }},
    {"heads_too_long", [](const counters& c) -> std::uint64_t { return c.heads_too_long; }},
    {"hosts_refused", [](const counters& c) -> std::uint64_t { return c.hosts_refused; }},
    {"origins_refused", [](const counters& c) -> std::uint64_t { return c.origins_refused; }},
    {"attempts_refused", [](const counters& c) -> std::uint64_t { return c.attempts_refused; }},
    {"shares_exceeded", [](const counters& c) -> std::uint64_t { return c.shares_exceeded; }},
    {"messages_in", [](const counters& c) -> std::uint64_t { return c.messages_in; }},
    {"bytes_in", [](const counters& c) -> std::uint64_t { return c.bytes_in; }},
    {"bytes_out", [](const counters& c) -> std::uint64_t { return c.bytes_out; }},
    {"joins", [](const counters& c) -> std::uint64_t { return c.joins; }},
    {"joins_refused", [](const counters& c) -> std::uint64_t { return c.joins_refused; }},
    {"closed_by_peer", [](const counters& c) -> std::uint64_t { return c.closed_by_peer; }},
    {"closed_idle", [](const counters& c) -> std::uint64_t { return c.closed_idle; }},
    {"closed_stalled", [](const counters& c) -> std::uint64_t { return c.closed_stalled; }},
    {"closed_behind", [](const counters& c) -> std::uint64_t { return c.closed_behind; }},
    {"closed_overload", [](const counters& c) -> std::uint64_t { return c.closed_overload; }},
    {"closed_for_room", [](const counters& c) -> std::uint64_t { return c.closed_for_room; }},
    {"closed_violation", [](const counters& c) -> std::uint64_t { return c.closed_violation; }},
    {"message_timeouts", [](const counters& c) -> std::uint64_t { return c.message_timeouts; }},
    {"head_timeouts", [](const counters& c) -> std::uint64_t { return c.head_timeouts; }},
    {"commands", [](const counters& c) -> std::uint64_t { return c.pages.commands; }},
    {"commands_refused",
     [](const counters& c) -> std::uint64_t { return c.pages.commands_refused; }},
    {"topic_messages", [](const counters& c) -> std::uint64_t { return c.pages.messages; }},
    {"renders", [](const counters& c) -> std::uint64_t { return c.pages.renders; }},
    {"patches", [](const counters& c) -> std::uint64_t { return c.pages.patches; }},
    {"patch_operations", [](const counters& c) -> std::uint64_t { return c.pages.operations; }},
    {"page_failures", [](const counters& c) -> std::uint64_t { return c.pages.failures; }},
    {"asyncs_discarded",
     [](const counters& c) -> std::uint64_t { return c.pages.asyncs_discarded; }},
    {"updates_without_target",
     [](const counters& c) -> std::uint64_t { return c.pages.updates_without_target; }},
};
constexpr std::size_t counter_count = std::size(all_counters);

void write_pool_line(json::writer& out, const pool_metrics& pool, std::size_t column) noexcept {
  constexpr std::string_view columns[] = {"used", "high_water", "capacity", "failures"};
  const std::uint32_t values[] = {pool.used, pool.high_water, pool.capacity, pool.failures};
  out.raw("musubi_pool_");
  out.raw(columns[column]);
  out.raw("{pool=\"");
  out.raw(pool.name);
  out.raw("\",block_bytes=\"");
  out.number(pool.block_bytes);
  out.raw("\"} ");
  out.number(values[column]);
  out.raw('\n');
}

}  // namespace

std::size_t host_core::write_metrics(std::size_t part, std::span<char> into) const noexcept {
  if (part == 0) {
    return net::http::head_writer(into)
        .status(200)
        .field("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .field("Cache-Control", "no-store")
        .field("Connection", "close")  // the end of the stream ends the metrics
        .security_fields()
        .end()
        .finish();
  }
  const std::size_t line = part - 1;
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  if (line < counter_count) {
    out.raw("# TYPE musubi_");
    out.raw(all_counters[line].name);
    out.raw("_total counter\nmusubi_");
    out.raw(all_counters[line].name);
    out.raw("_total ");
    out.number(all_counters[line].read(counters_));
    out.raw('\n');
    return buffer.view().size();
  }
  std::size_t pools = 0;
  each_pool([&](const pool_metrics&) { ++pools; });
  // all pools under one metric stand together, as the format asks
  const std::size_t column = (line - counter_count) / pools;
  const std::size_t wanted = (line - counter_count) % pools;
  if (column >= 4) {
    const further_metrics* const more = further_;
    return more == nullptr ? 0 : more->write_sample(line - counter_count - 4 * pools, into);
  }
  if (wanted == 0) {
    constexpr std::string_view types[] = {
        "# TYPE musubi_pool_used gauge\n", "# TYPE musubi_pool_high_water gauge\n",
        "# TYPE musubi_pool_capacity gauge\n", "# TYPE musubi_pool_failures counter\n"};
    out.raw(types[column]);
  }
  std::size_t at = 0;
  each_pool([&](const pool_metrics& pool) {
    if (at++ == wanted) write_pool_line(out, pool, column);
  });
  return buffer.view().size();
}

}  // namespace musubi
