#pragma once
/// Queue whose links are stored in its elements, one pointer in each: no allocation.

#include <utility>

namespace musubi {

template <class T>
class link_queue;

/// Base class of queue elements. An element must be taken out of its queue before it is destroyed.
template <class T>
class queue_link {
 public:
  constexpr queue_link() noexcept = default;
  queue_link(const queue_link&) = delete;
  queue_link& operator=(const queue_link&) = delete;

  [[nodiscard]] bool queued() const noexcept { return next_ != nullptr; }

 protected:
  ~queue_link() = default;

 private:
  friend class link_queue<T>;
  T* next_ = nullptr;  // the last element's is the first: a ring
};

/// First in, first out, of `T`, which must derive from `queue_link<T>`. Does not own its elements.
template <class T>
class link_queue {
 public:
  [[nodiscard]] bool empty() const noexcept { return last_ == nullptr; }
  /// The element pushed last; null when there is none.
  [[nodiscard]] const T* last() const noexcept { return last_; }
  /// `fresh` must not be in a queue.
  void push(T& fresh) noexcept {
    next(fresh) = empty() ? &fresh : std::exchange(next(*last_), &fresh);
    last_ = &fresh;
  }
  /// Takes the first element; null when there is none.
  T* pop() noexcept { return empty() ? nullptr : &take_behind(*last_); }
  /// Takes out each element for which `condition(const T&)` holds, and then calls `use(T&)`.
  template <class Condition, class Use>
  void remove_if(Condition&& condition, Use&& use) noexcept {
    const T* const end = last_;
    T* before = last_;
    for (bool more = !empty(); more;) {
      T& each = *next(*before);
      more = &each != end;
      if (condition(std::as_const(each))) {
        use(take_behind(*before));
      } else {
        before = &each;
      }
    }
  }

 private:
  [[nodiscard]] static T*& next(queue_link<T>& of) noexcept { return of.next_; }
  T& take_behind(T& before) noexcept {
    T& taken = *next(before);
    if (&taken == last_) last_ = &taken == &before ? nullptr : &before;
    next(before) = next(taken);
    next(taken) = nullptr;
    return taken;
  }

  T* last_ = nullptr;
};

}  // namespace musubi
