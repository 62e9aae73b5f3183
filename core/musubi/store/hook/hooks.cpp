#include <musubi/store/hook/hooks.hpp>

namespace musubi::detail {

status hook_table::attach(const entry& fresh) noexcept {
  for (std::uint8_t i = 0; i < count_; ++i) {
    if (entries_[i].stage == fresh.stage && entries_[i].id == fresh.id) {
      return fail("a hook of this id is attached to this stage already");
    }
  }
  if (count_ == room_) return exhausted("hooks");
  entries_[count_] = fresh;
  entries_[count_++].number = ++newest_;
  return {};
}

void hook_table::detach(std::uint8_t stage, std::string_view id) noexcept {
  for (std::uint8_t i = 0; i < count_; ++i) {
    if (entries_[i].stage != stage || entries_[i].id != id) continue;
    for (std::uint8_t j = i; j + 1 < count_; ++j) entries_[j] = entries_[j + 1];
    --count_;
    return;
  }
}

}  // namespace musubi::detail
