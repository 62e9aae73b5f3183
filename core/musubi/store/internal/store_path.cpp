#include <cstring>

#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/store/internal/store_path.hpp>

namespace musubi {

store_path::store_path(std::string_view owner) noexcept
    : size_(static_cast<std::uint8_t>(owner.size())) {
  if (!owner.empty()) std::memcpy(bytes_, owner.data(), owner.size());
}

bool store_path::push(const json::string_token& segment) noexcept {
  json::buffer_output room(bytes_ + size_, max_bytes - size_);
  json::writer out(room);
  if (size_ != 0) out.raw(',');
  out.raw('"');
  segment.write(out);
  out.raw('"');
  if (room.failed()) return false;
  size_ = static_cast<std::uint8_t>(size_ + room.view().size());
  return true;
}

namespace detail {

std::string_view take_segment(std::string_view& path) noexcept {
  if (path.empty()) return {};
  std::size_t end = 1;
  while (path[end] != '"') end += path[end] == '\\' ? 2U : 1U;
  const std::string_view segment = slice(path, 0, end + 1);
  path.remove_prefix(end + 1 < path.size() ? end + 2 : path.size());
  return segment;
}

std::size_t depth(std::string_view path) noexcept {
  std::size_t count = 0;
  while (!path.empty()) {
    (void)take_segment(path);
    ++count;
  }
  return count;
}

bool goes_before(std::string_view a, std::string_view b) noexcept {
  const std::size_t depth_a = depth(a);
  const std::size_t depth_b = depth(b);
  if (depth_a != depth_b) return depth_a < depth_b;
  while (!a.empty()) {
    std::string_view left = take_segment(a);
    std::string_view right = take_segment(b);
    if (left == right) continue;
    left.remove_suffix(1);  // do not compare the closing quote, which is greater than a space
    right.remove_suffix(1);
    return left < right;
  }
  return false;
}

}  // namespace detail
}  // namespace musubi
