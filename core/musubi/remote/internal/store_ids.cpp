#include <musubi/json/internal/members.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/remote/internal/store_ids.hpp>

namespace musubi::detail {

kinship kinship_of(std::string_view store_id, std::string_view to) noexcept {
  if (store_id == to) return kinship::same;
  json::reader left(store_id);
  json::reader right(to);
  if (!left.take('[') || !right.take('[')) return kinship::other;
  for (bool first = true;; first = false) {
    const bool ends = right.take(']');
    if (left.take(']')) return ends ? kinship::same : kinship::above;
    if (ends || (!first && (!left.take(',') || !right.take(',')))) return kinship::other;
    const auto x = left.string();
    const auto y = right.string();
    if (!x || !y || x->compare(*y) != 0) return kinship::other;
  }
}

std::string_view store_id_in(std::string_view store) noexcept {
  static constexpr std::string_view names[] = {"__musubi_store_id__"};
  std::string_view found[1];
  std::uint32_t twice = 0;
  json::reader from(store);
  return json::find_members(from, names, found, twice) ? found[0] : std::string_view();
}

text<store_path::max_bytes> last_id(std::string_view store_id) noexcept {
  json::string_token last;
  json::reader parts(store_id);
  text<store_path::max_bytes> id;
  const bool read = parts.elements([&]() noexcept { return parts.string(last); });
  const std::size_t size = last.size();
  if (!read || size > id.capacity) return id;
  id.resize_and_overwrite(size, [&](char* bytes) noexcept { (void)last.decode(bytes); });
  return id;
}

}  // namespace musubi::detail
