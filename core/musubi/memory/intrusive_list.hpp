#pragma once
/// Doubly linked list whose links are stored in its elements: no allocation, removal in O(1).

#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

/// Base class of list elements. The destructor unlinks the element, so a list never holds a
/// destroyed one.
class link {
 public:
  constexpr link() noexcept = default;
  link(const link&) = delete;
  link& operator=(const link&) = delete;
  ~link() { unlink(); }

  [[nodiscard]] bool linked() const noexcept { return next_ != nullptr; }
  MUSUBI_ONCE void unlink() noexcept {
    if (next_ == nullptr) return;
    next_->previous_ = previous_;
    previous_->next_ = next_;
    next_ = previous_ = nullptr;
  }

 private:
  template <class T>
  friend class intrusive_list;
  MUSUBI_ONCE void insert_before(link& position) noexcept {
    next_ = &position;
    previous_ = position.previous_;
    previous_->next_ = this;
    position.previous_ = this;
  }
  /// Of the head of a list: its elements leave it for the place before `position`.
  MUSUBI_ONCE void splice_before(link& position) noexcept {
    next_->previous_ = position.previous_;
    position.previous_->next_ = next_;
    previous_->next_ = &position;
    position.previous_ = previous_;
    join_itself();
  }
  /// Makes it the head of an empty list.
  MUSUBI_ONCE constexpr void join_itself() noexcept { next_ = previous_ = this; }

  link* next_ = nullptr;
  link* previous_ = nullptr;
};

/// List of `T`, which must derive from `link` exactly once. Does not own its elements.
template <class T>
class intrusive_list {
 public:
  constexpr intrusive_list() noexcept { reset(); }
  intrusive_list(const intrusive_list&) = delete;
  intrusive_list& operator=(const intrusive_list&) = delete;
  ~intrusive_list() {
    while (!empty()) head_.next_->unlink();
    head_.next_ = head_.previous_ = nullptr;
  }

  [[nodiscard]] bool empty() const noexcept { return head_.next_ == &head_; }
  [[nodiscard]] T& front() noexcept { return static_cast<T&>(*head_.next_); }
  void push_back(T& element) noexcept { static_cast<link&>(element).insert_before(head_); }
  void push_front(T& element) noexcept { static_cast<link&>(element).insert_before(*head_.next_); }
  /// Moves all elements of `other` to the end of this list, in order.
  void splice_back(intrusive_list& other) noexcept {
    if (!other.empty()) other.head_.splice_before(head_);
  }
  T* pop_front() noexcept {
    if (empty()) return nullptr;
    T& first = front();
    static_cast<link&>(first).unlink();
    return &first;
  }

  /// Forward iteration. To unlink the current element, advance the iterator first.
  class iterator {
   public:
    explicit iterator(link* at) noexcept : at_(at) {}
    T& operator*() const noexcept { return static_cast<T&>(*at_); }
    T* operator->() const noexcept { return static_cast<T*>(at_); }
    iterator& operator++() noexcept {
      at_ = at_->next_;
      return *this;
    }
    bool operator==(const iterator&) const noexcept = default;

   private:
    link* at_;
  };
  iterator begin() noexcept { return iterator(head_.next_); }
  iterator end() noexcept { return iterator(&head_); }

 private:
  constexpr void reset() noexcept { head_.join_itself(); }
  link head_;
};

}  // namespace musubi
