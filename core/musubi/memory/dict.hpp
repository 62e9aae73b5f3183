#pragma once
/// A map of at most N entries, stored in place and kept sorted by key.

#include <cstddef>
#include <string_view>
#include <utility>

#include <musubi/memory/list.hpp>

namespace musubi {

/// Keys with this prefix belong to the protocol: they mark streams, uploads, async values and
/// stores. A browser would misread data under such a key.
inline constexpr std::string_view reserved_key_prefix = "__musubi_";
[[nodiscard]] constexpr bool is_reserved_key(std::string_view key) noexcept {
  return key.starts_with(reserved_key_prefix);
}

/// At most `N` entries, sorted by key, so that iteration is deterministic (contract appendix A).
/// On the wire: a JSON object whose keys may come and go; `K` is a `text`.
template <class K, class V, std::size_t N>
class dict {
 public:
  struct entry {
    K key;
    V value;
  };
  using mapped_type = V;
  static constexpr std::size_t capacity = N;

  /// Sets or replaces a value. Returns false and changes nothing when the key is new and the dict
  /// is full, or when the key begins with `__musubi_` (`is_reserved_key`).
  [[nodiscard]] bool set(const K& key, V value) noexcept {
    const std::size_t at = lower_bound(key);
    if (at < entries_.size() && entries_[at].key == key) {
      entries_[at].value = std::move(value);
      return true;
    }
    if constexpr (requires { is_reserved_key(key); }) {
      if (is_reserved_key(key)) return false;
    }
    return entries_.insert(at, entry{key, std::move(value)});
  }
  /// Removes an entry. Returns false when there is no such key.
  bool erase(const K& key) noexcept {
    const std::size_t at = lower_bound(key);
    if (at == entries_.size() || !(entries_[at].key == key)) return false;
    entries_.erase(at);
    return true;
  }
  [[nodiscard]] V* find(const K& key) noexcept {
    const std::size_t at = lower_bound(key);
    return at < entries_.size() && entries_[at].key == key ? &entries_[at].value : nullptr;
  }
  [[nodiscard]] const V* find(const K& key) const noexcept {
    return const_cast<dict*>(this)->find(key);
  }
  void clear() noexcept { entries_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  const entry& operator[](std::size_t index) const noexcept { return entries_[index]; }
  [[nodiscard]] const entry* begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] const entry* end() const noexcept { return entries_.end(); }

 private:
  [[nodiscard]] std::size_t lower_bound(const K& key) const noexcept {
    std::size_t low = 0;
    std::size_t high = entries_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (entries_[middle].key < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  list<entry, N> entries_;
};

}  // namespace musubi
