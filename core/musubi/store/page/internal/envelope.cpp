#include <musubi/json/internal/claimed.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/store/page/internal/envelope.hpp>

namespace musubi {

namespace {
/// The text that ends each list and begins the next, and the positions of the ends.
constexpr std::string_view rest = "],\"stream_ops\":[],\"upload_ops\":[],\"events\":[]}";
constexpr std::uint8_t ends[] = {0, 16, 32, 44};
static_assert(rest[ends[1]] == ']' && rest[ends[2]] == ']' && slice(rest, ends[3]) == "]}");
}  // namespace

/// False, with nothing written, when it does not fit or a name has to be escaped.
inline bool envelope::head_at_once() noexcept {
  if constexpr (!short_ways) return false;
  const std::string_view root_id = sink_->plain_root_id();
  if (root_id.empty()) return false;
  constexpr std::size_t around = 72 + 2 * json::number_bytes;
  json::claimed to(out().to(), around + root_id.size());
  if (!to) return false;
  to.raw("{\"type\":\"patch\",\"root_id\":\"");
  to.raw(root_id);
  to.raw("\",\"base_version\":");
  to.number(version_);
  to.raw(",\"version\":");
  to.number(version_ + 1);
  to.raw(",\"ops\":[");
  to.commit();
  return true;
}

// apart, so that the short way saves no registers for it
[[gnu::noinline]] void envelope::write_head() noexcept {
  json::writer& to = out();
  to.raw("{\"type\":\"patch\",\"root_id\":\"");
  sink_->write_root_id(to);
  to.raw("\",\"base_version\":");
  to.number(version_);
  to.raw(",\"version\":");
  to.number(version_ + 1);
  to.raw(",\"ops\":[");
}

void envelope::open() noexcept {
  if (opened_) return;
  opened_ = true;
  sink_->begin_patch();
  if (!head_at_once()) write_head();
}

json::writer& envelope::item(part list) noexcept {
  open();
  if (at_ == list && !first_) out().raw(',');
  first_ = false;
  if (at_ != list) {
    const std::size_t from = ends[static_cast<std::uint8_t>(at_)];
    out().raw(slice(rest, from, ends[static_cast<std::uint8_t>(list)] - from));
    at_ = list;
  }
  return out();
}

bool envelope::finish() noexcept {
  if (!opened_) return false;
  if (short_ways && at_ == part::ops) {
    out().raw(rest);
  } else {
    out().raw(slice(rest, ends[static_cast<std::uint8_t>(at_)]));
  }
  sink_->end_patch();
  return true;
}

}  // namespace musubi
