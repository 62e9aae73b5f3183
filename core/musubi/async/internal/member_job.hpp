#pragma once
/// A job that calls a member function of its owner.

#include <musubi/async/internal/run_queue.hpp>

namespace musubi {

/// Calls `owner.Method()` when it runs. Declare it as a member of the owner:
///
///     void expire() noexcept;
///     member_job<&upload::expire> expiry_{*this};
///     timer timer_{expiry_};
template <auto Method>
class member_job;

template <class Owner, void (Owner::*Method)() noexcept>
class member_job<Method> final : public job {
 public:
  constexpr explicit member_job(Owner& owner) noexcept : job(&member_job::call), owner_(&owner) {}

 private:
  static void call(job& self) noexcept { (static_cast<member_job&>(self).owner_->*Method)(); }
  Owner* owner_;
};

}  // namespace musubi
