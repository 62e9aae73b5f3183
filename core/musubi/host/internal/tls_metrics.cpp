#include <cstdint>
#include <string_view>

#include <musubi/host/internal/tls_metrics.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::tls {

namespace {

struct sample {
  std::string_view metric;
  std::string_view label;  // empty: none
  std::string_view label_value;
  std::uint64_t value;
};

/// The first of those that are one for each reason, and the first after them.
constexpr std::size_t first_failure = 2;
constexpr std::size_t after_failures = first_failure + failures;
constexpr std::size_t samples = after_failures + 3;

sample sample_at(std::size_t index, const counters& all) noexcept {
  if (index >= first_failure && index < after_failures) {
    const auto why = static_cast<failure>(index - first_failure);
    return {"tls_failures_total", "reason", to_text(why), all.of(why)};
  }
  switch (index) {
    case 0:
      return {"tls_handshakes_total", "version", "1.2", all.tls_1_2};
    case 1:
      return {"tls_handshakes_total", "version", "1.3", all.tls_1_3};
    case after_failures:
      return {"tls_resumptions_total", {}, {}, all.resumed};
    case after_failures + 1:
      return {"tls_renegotiations_refused_total", {}, {}, all.renegotiations};
    default:
      return {"tls_plain_requests_total", {}, {}, all.redirected};
  }
}

}  // namespace

bool tls_metrics::pool(std::size_t index, pool_metrics& into) const noexcept {
  switch (index) {
    case 0:
      into = connections_;
      return true;
    case 1:
      into = handshakes_;
      return true;
    case 2:
      into = memory_();
      return true;
    default:
      return false;
  }
}

std::size_t tls_metrics::write_sample(std::size_t index, std::span<char> into) const noexcept {
  if (index >= samples) return 0;
  const sample here = sample_at(index, counted_);
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  const bool first = index == 0 || sample_at(index - 1, counted_).metric != here.metric;
  if (first) {
    out.raw("# TYPE musubi_");
    out.raw(here.metric);
    out.raw(" counter\n");
  }
  out.raw("musubi_");
  out.raw(here.metric);
  if (!here.label.empty()) {
    out.raw('{');
    out.raw(here.label);
    out.raw("=\"");
    out.raw(here.label_value);
    out.raw("\"}");
  }
  out.raw(' ');
  out.number(here.value);
  out.raw('\n');
  return buffer.view().size();
}

}  // namespace musubi::tls
