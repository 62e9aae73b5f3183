#include <musubi/async/internal/timer.hpp>

namespace musubi {

timer_queue::~timer_queue() {
  while (root_ != nullptr) remove(*root_);
}

timer* timer_queue::meld(timer* a, timer* b) noexcept {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  if (b->when_ < a->when_) {
    timer* swap = a;
    a = b;
    b = swap;
  }
  b->next_ = a->child_;
  if (b->next_ != nullptr) b->next_->previous_ = b;
  b->previous_ = a;
  a->child_ = b;
  return a;
}

timer* timer_queue::merge_pairs(timer* first) noexcept {
  // two passes without recursion: pair up from the left, then meld from the right
  timer* pairs = nullptr;
  while (first != nullptr) {
    timer* second = first->next_;
    timer* rest = second == nullptr ? nullptr : second->next_;
    first->next_ = first->previous_ = nullptr;
    if (second != nullptr) second->next_ = second->previous_ = nullptr;
    timer* pair = meld(first, second);
    pair->next_ = pairs;
    pairs = pair;
    first = rest;
  }
  timer* merged = nullptr;
  while (pairs != nullptr) {
    timer* rest = pairs->next_;
    pairs->next_ = nullptr;
    merged = meld(merged, pairs);
    pairs = rest;
  }
  return merged;
}

void timer_queue::remove(timer& what) noexcept {
  timer* orphans = merge_pairs(what.child_);
  if (&what == root_) {
    root_ = orphans;
  } else {
    if (what.previous_->child_ == &what) {
      what.previous_->child_ = what.next_;
    } else {
      what.previous_->next_ = what.next_;
    }
    if (what.next_ != nullptr) what.next_->previous_ = what.previous_;
    root_ = meld(root_, orphans);
  }
  what.child_ = what.next_ = what.previous_ = nullptr;
  what.queue_ = nullptr;
}

void timer_queue::arm(timer& what, time_point when) noexcept {
  what.cancel();
  what.when_ = when;
  what.queue_ = this;
  root_ = meld(root_, &what);
}

void timer_queue::expire(time_point now, run_queue& ready) noexcept {
  while (root_ != nullptr && root_->when_ <= now) {
    timer& due = *root_;
    remove(due);
    ready.push(*due.due_);
  }
}

}  // namespace musubi
