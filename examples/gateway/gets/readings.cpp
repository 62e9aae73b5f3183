#include "gets/readings.hpp"

#include "sampling/cadence.hpp"
#include "sampling/news.hpp"

#include <cstdio>
#include <cstring>

#include <musubi/async/runtime.hpp>

namespace gateway {
namespace {

/// In the order of `machine_value`.
constexpr std::string_view title =
    "age_s,processor_percent,memory_bytes,received_bytes_per_s,sent_bytes_per_s,"
    "read_bytes_per_s,written_bytes_per_s\n";
/// An age and six numbers, with what separates them.
constexpr std::size_t longest_line = 7 * 24;
static_assert(title.size() + longest_line <= musubi::get_answer::least_piece);

}  // namespace

musubi::status readings::open(const musubi::get_request&, musubi::get_answer& answer,
                              const gateway_socket&) {
  now_ = milliseconds(musubi::runtime::current()->now());
  answer.content_type = "text/csv; charset=utf-8; header=present";
  answer.file_name = "readings.csv";
  answer.download = true;
  return {};
}

musubi::result<std::size_t> readings::read(std::uint64_t offset, std::span<char> into) {
  std::size_t size = 0;
  if (offset == 0) {
    std::memcpy(into.data(), title.data(), title.size());
    size = title.size();
  }
  // whole lines, as many as fit
  while (into.size() - size >= longest_line && find_next()) {
    size += write_line(into.subspan(size));
    ++at_;
  }
  return size;
}

bool readings::find_next() {
  if (at_ < piece_.after.size()) return true;
  at_ = 0;
  piece_.after.clear();
  return news::machine_past.read({}, unread_, piece_);
}

std::size_t readings::write_line(std::span<char> into) const {
  const std::uint64_t taken = static_cast<std::uint64_t>(piece_.from.value()) + piece_.after[at_];
  const double age = taken < now_ ? static_cast<double>(now_ - taken) / 1000 : 0;
  std::size_t size = static_cast<std::size_t>(std::snprintf(into.data(), into.size(), "%.1f", age));
  for (const auto& column : piece_.values) {
    into[size++] = ',';
    if (!column[at_]) continue;
    size += static_cast<std::size_t>(
        std::snprintf(into.data() + size, into.size() - size, "%.9g", double{*column[at_]}));
  }
  into[size++] = '\n';
  return size;
}

}  // namespace gateway
