#pragma once
/// Finds the child stores of a host's pages by their store_id.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include <musubi/memory/carver.hpp>
#include <musubi/store/internal/node.hpp>

namespace musubi {

/// A hash table of all children of all pages of one host: one bucket for each block of the pool
/// `nodes`, rounded up to a power of two. A child stands in it from its mount to its end.
class node_index {
 public:
  constexpr node_index(carver& memory, std::size_t nodes) noexcept
      : count_(nodes == 0 ? 0 : std::bit_ceil(nodes)) {
    std::byte* const room = memory.take(count_ * sizeof(chain));
    if (room == nullptr) return;
    buckets_ = new (room) chain[count_];
  }

  void add(child_node& fresh) noexcept {
    detail::child_place& place = fresh.place();
    place.hash = hash(fresh.on_page(), place.path);
    child_node*& first = bucket(place.hash);
    place.next_in_bucket = first;
    first = &fresh;
  }
  void remove(child_node& gone) noexcept {
    child_node** at = &bucket(gone.place().hash);
    while (*at != &gone) at = &(*at)->place().next_in_bucket;
    *at = gone.place().next_in_bucket;
  }
  /// A child of `of` with the store_id `path` for which `is_wanted(child_node&)` holds, or null.
  template <class Wanted>
  [[nodiscard]] child_node* find(const page& of, std::string_view path,
                                 Wanted&& is_wanted) const noexcept {
    if (count_ == 0) return nullptr;
    const std::uint32_t hash = node_index::hash(of, path);
    for (child_node* each = bucket(hash); each != nullptr; each = each->place().next_in_bucket) {
      const detail::child_place& place = each->place();
      if (place.hash == hash && &each->on_page() == &of && place.path == path && is_wanted(*each)) {
        return each;
      }
    }
    return nullptr;
  }

 private:
  /// Children whose hashes end alike.
  struct chain {
    child_node* first = nullptr;
  };

  /// FNV-1a over the text, started with the page: pages of one kind have the same store_ids.
  [[nodiscard]] static std::uint32_t hash(const page& of, std::string_view path) noexcept {
    const auto address = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(&of) >> 4);
    std::uint32_t made = 2'166'136'261U ^ (address * 2'654'435'761U);
    for (const char c : path) made = (made ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return made;
  }
  [[nodiscard]] child_node*& bucket(std::uint32_t hash) const noexcept {
    return buckets_[(hash ^ (hash >> 16)) & (count_ - 1)].first;
  }

  chain* buckets_ = nullptr;
  std::size_t count_;
};

}  // namespace musubi
