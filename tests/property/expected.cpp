#include "expected.hpp"

#include <algorithm>
#include <cstdlib>

namespace musubi::property {

void materialised::drop(const std::string& key) {
  std::erase_if(entries_, [&](const entry& each) { return each.key == key; });
}

void materialised::settle() {
  if (std::exchange(resets_, false)) entries_.clear();
  for (auto& [fresh, where] : std::exchange(inserts_, {})) {
    drop(fresh.key);
    const auto size = static_cast<std::int32_t>(entries_.size());
    const std::int32_t at = where.at == -1 ? size : std::min(where.at, size);
    entries_.insert(entries_.begin() + at, fresh);
    if (!where.limit) continue;
    const auto most = static_cast<std::size_t>(std::abs(*where.limit));
    if (entries_.size() <= most) continue;
    const auto excess = static_cast<std::ptrdiff_t>(entries_.size() - most);
    if (where.at == 0) {
      entries_.erase(entries_.end() - excess, entries_.end());
    } else {
      entries_.erase(entries_.begin(), entries_.begin() + excess);
    }
  }
  for (const std::string& key : std::exchange(deletes_, {})) drop(key);
}

std::string materialised::json() const {
  std::vector<std::string> list;
  for (const entry& each : entries_) {
    list.push_back("[" + quoted(each.key) + "," + each.item + "]");
  }
  return joined(list);
}

world& world::now() {
  static world only;
  return only;
}

witness::witness() noexcept = default;

witness::~witness() {
  auto& stores = world::now().stores;
  const auto found = stores.find(store_id_);
  if (found != stores.end() && found->second == this) stores.erase(found);
  for (world::event& each : world::now().events) {
    if (each.by == this) each.by = nullptr;
  }
}

void witness::at(std::string_view store_id) {
  store_id_ = store_id;
  world::now().stores[store_id_] = this;
}

void witness::said(std::string_view event, std::int32_t n) {
  world::now().events.push_back({this, store_id_, std::string(event), n});
}

std::string witness::beneath(std::initializer_list<std::string_view> below) const {
  std::string path = store_id_;
  for (const std::string_view each : below) path += (path.empty() ? "" : ",") + quoted(each);
  const auto found = world::now().stores.find(path);
  return found == world::now().stores.end() ? quoted("no store at " + path) : found->second->node();
}

}  // namespace musubi::property
