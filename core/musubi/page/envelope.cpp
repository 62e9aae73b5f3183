#include <musubi/page/envelope.hpp>

namespace musubi {

namespace {
constexpr std::string_view titles[] = {"],\"stream_ops\":[", "],\"upload_ops\":[",
                                       "],\"events\":["};
}

void envelope::open() noexcept {
  if (opened_) return;
  opened_ = true;
  sink_->begin_patch();
  json::writer& to = out();
  to.raw("{\"type\":\"patch\",\"root_id\":\"");
  sink_->write_root_id(to);
  to.raw("\",\"base_version\":");
  to.number(version_);
  to.raw(",\"version\":");
  to.number(version_ + 1);
  to.raw(",\"ops\":[");
}

json::writer& envelope::item(part list) noexcept {
  open();
  if (at_ == list && !first_) out().raw(',');
  first_ = false;
  for (; at_ != list; at_ = static_cast<part>(static_cast<std::uint8_t>(at_) + 1)) {
    out().raw(titles[static_cast<std::uint8_t>(at_)]);
  }
  return out();
}

bool envelope::finish() noexcept {
  if (!opened_) return false;
  for (std::size_t next = static_cast<std::size_t>(at_); next < 3; ++next) out().raw(titles[next]);
  out().raw("]}");
  sink_->end_patch();
  return true;
}

}  // namespace musubi
