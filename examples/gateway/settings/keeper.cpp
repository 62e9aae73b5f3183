#include "settings/keeper.hpp"

#include <utility>

namespace gateway {

void settings_keeper::start(settings_file& file, const settings& saved, listener tell,
                            void* owner) {
  file_ = &file;
  current_ = saved;
  tell_ = tell;
  owner_ = owner;
  tell_(owner_, current_);
  thread_ = std::thread([this] { run(); });
}

void settings_keeper::stop() noexcept {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock hold(lock_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void settings_keeper::run() noexcept {
  std::unique_lock hold(lock_);
  for (;;) {
    place* next = oldest_waiting();
    if (next == nullptr) {
      if (stopping_) return;
      work_.wait(hold);
      continue;
    }
    next->now = place::state::making;
    hold.unlock();
    const musubi::status outcome = make(next->wanted);
    hold.lock();
    next->outcome = outcome;
    next->now = place::state::made;
    next->host->post(*next);
  }
}

settings_keeper::place* settings_keeper::oldest_waiting() noexcept {
  place* oldest = nullptr;
  for (place& each : places_) {
    if (each.now != place::state::waiting) continue;
    if (oldest == nullptr || each.order < oldest->order) oldest = &each;
  }
  return oldest;
}

musubi::status settings_keeper::make(const change& wanted) noexcept {
  settings changed = current_;
  if (const musubi::status made = wanted.apply(changed); !made.ok()) return made;
  saved_settings saved{.outcome = {}, .written = true};
  if (wanted.is_kept()) saved = file_->save(changed);
  if (saved.written) {  // also where the disk has not confirmed it: the file is what counts
    current_ = changed;
    tell_(owner_, current_);
  }
  return saved.outcome;
}

/// On the host's thread.
void settings_keeper::place::arrived(remote_job& self) noexcept {
  auto& here = static_cast<place&>(self);
  asking* waiting = nullptr;
  {
    const std::scoped_lock hold(here.keeper->lock_);
    waiting = std::exchange(here.asked_by, nullptr);
    if (waiting != nullptr) waiting->outcome_ = here.outcome;
    here.now = state::free;
  }
  if (waiting == nullptr) return;
  waiting->place_ = nullptr;
  musubi::runtime::current()->push(waiting->resume_);
}

bool settings_keeper::asking::await_suspend(std::coroutine_handle<> self) noexcept {
  resume_.coroutine = self;
  const std::scoped_lock hold(keeper_->lock_);
  for (place& each : keeper_->places_) {
    if (each.now != place::state::free) continue;
    each.keeper = keeper_;
    each.now = place::state::waiting;
    each.order = ++keeper_->asked_;
    each.wanted = wanted_;
    each.host = musubi::runtime::current();
    each.asked_by = this;
    place_ = &each;
    keeper_->work_.notify_one();
    return true;
  }
  outcome_ = musubi::refuse("too many changes at once");
  return false;
}

settings_keeper::asking::~asking() {
  if (place_ == nullptr) return;
  const std::scoped_lock hold(keeper_->lock_);
  place_->asked_by = nullptr;
}

}  // namespace gateway
