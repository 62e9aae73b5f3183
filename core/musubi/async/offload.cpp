#include <musubi/async/offload.hpp>

namespace musubi {

void work_slot::arrived(remote_job& self) noexcept {
  auto& here = static_cast<work_slot&>(self);
  here.has_arrived = true;
  if (here.awaiting != nullptr) runtime::current()->push(*here.awaiting);
}

namespace detail {

work_slot* offloading::take(const offload_terms& terms) noexcept {
  runtime* const here = runtime::current();
  pool_ = here == nullptr ? nullptr : here->workers();
  if (pool_ == nullptr) {
    error_ = fail("this port has no threads for blocking work");
    return nullptr;
  }
  const result<work_slot*> taken = pool_->take();
  if (!taken.ok()) {
    error_ = taken.error();
    return nullptr;
  }
  slot_ = *taken;
  slot_->turn = terms.in_turn_with;
  slot_->kept = terms.kept;
  slot_->answered = false;
  slot_->host = here;
  slot_->awaiting = nullptr;
  slot_->has_arrived = false;
  return slot_;
}

}  // namespace detail
}  // namespace musubi
