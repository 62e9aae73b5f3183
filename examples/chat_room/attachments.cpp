#include "attachments.hpp"

#include <algorithm>
#include <cstring>

namespace chat_room {

namespace {

/// By the ending of the name, and not by what the browser says that it is.
std::string_view content_type_of(std::string_view name) noexcept {
  struct known {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr known types[] = {{".png", "image/png"},
                                    {".jpg", "image/jpeg"},
                                    {".jpeg", "image/jpeg"},
                                    {".gif", "image/gif"},
                                    {".md", "text/markdown; charset=utf-8"}};
  musubi::text<8> ending;
  for (const char c : name.substr(std::min(name.rfind('.'), name.size()))) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!ending.append({&lower, 1})) break;
  }
  for (const known& each : types) {
    if (ending == each.ending) return each.type;
  }
  return "text/plain; charset=utf-8";
}

}  // namespace

void attachment::begin(std::uint32_t id) noexcept {
  id_ = id;
  is_kept_ = false;
  size_ = 0;
}

void attachment::keep(std::string_view name) noexcept {
  is_kept_ = true;
  state_ = {decltype(state_.name)::clipped(name),
            decltype(state_.content_type)::clipped(content_type_of(name)),
            static_cast<std::int32_t>(size_), decltype(state_.url)::clipped("/attachments/", id_)};
}

void attachment::drop() noexcept {
  id_ = 0;
  is_kept_ = false;
}

musubi::upload_step attachment::write(std::span<const std::byte> bytes) noexcept {
  if (bytes.size() > bytes_.size() - size_) return musubi::upload_step::failed;
  std::memcpy(bytes_.data() + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
  return musubi::upload_step::done;
}

void attachment::release() noexcept {
  if (!is_kept_) drop();
}

attachment* attachments::begin() noexcept {
  std::size_t arriving_now = 0;
  attachment* free = nullptr;
  for (attachment& each : places_) {
    if (each.is_free()) free = &each;
    if (!each.is_free() && !each.is_kept()) ++arriving_now;
  }
  if (free == nullptr || arriving_now == arriving) return nullptr;
  free->begin(++last_);
  return free;
}

const attachment_state& attachments::keep(attachment& arrived, std::string_view name) noexcept {
  attachment* oldest = nullptr;
  std::size_t others = 0;
  for (attachment& each : places_) {
    if (!each.is_kept()) continue;
    ++others;
    if (oldest == nullptr || each.id() < oldest->id()) oldest = &each;
  }
  if (others == kept) oldest->drop();
  arrived.keep(name);
  return arrived.state();
}

const attachment* attachments::find(std::uint32_t id) const noexcept {
  for (const attachment& each : places_) {
    if (each.is_kept() && each.id() == id) return &each;
  }
  return nullptr;
}

}  // namespace chat_room
