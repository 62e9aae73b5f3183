#pragma once
/// Fixed memory for one asynchronous operation of Asio at a time.

#include <cstddef>
#include <new>

namespace musubi::asio {

/// Holds the operation that a handler waits for, which Asio would otherwise allocate on the heap.
/// Asio frees it before it calls the handler, so a handler may start the next operation in it.
class operation_memory {
 public:
  /// Tests show that Asio 1.22 to 1.30 needs at most 200 bytes with 64-bit pointers.
  static constexpr std::size_t capacity = 208;

  operation_memory() noexcept = default;
  operation_memory(const operation_memory&) = delete;
  operation_memory& operator=(const operation_memory&) = delete;

  [[nodiscard]] void* allocate(std::size_t bytes) {
    if (!used_ && bytes <= capacity) {
      used_ = true;
      return bytes_;
    }
    return ::operator new(bytes);  // a later Asio needs more: works, but fails the allocation tests
  }
  void deallocate(void* memory) noexcept {
    if (memory == bytes_) {
      used_ = false;
    } else {
      ::operator delete(memory);
    }
  }

 private:
  alignas(std::max_align_t) std::byte bytes_[capacity];
  bool used_ = false;
};

/// The allocator through which Asio uses an `operation_memory`.
template <class T>
class operation_allocator {
 public:
  using value_type = T;
  explicit operation_allocator(operation_memory& memory) noexcept : memory_(&memory) {}
  template <class U>
  operation_allocator(const operation_allocator<U>& other) noexcept : memory_(other.memory_) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(memory_->allocate(sizeof(T) * count));
  }
  void deallocate(T* memory, std::size_t) noexcept { memory_->deallocate(memory); }
  template <class U>
  bool operator==(const operation_allocator<U>& other) const noexcept {
    return memory_ == other.memory_;
  }

 private:
  template <class U>
  friend class operation_allocator;
  operation_memory* memory_;
};

/// A handler that calls `Function(*owner, arguments...)` and whose operation lives in `memory`.
template <class Owner, auto Function>
class bound_handler {
 public:
  using allocator_type = operation_allocator<void>;
  bound_handler(Owner& owner, operation_memory& memory) noexcept
      : owner_(&owner), memory_(&memory) {}
  [[nodiscard]] allocator_type get_allocator() const noexcept { return allocator_type(*memory_); }
  template <class... Arguments>
  void operator()(const Arguments&... arguments) const {
    (owner_->*Function)(arguments...);
  }

 private:
  Owner* owner_;
  operation_memory* memory_;
};

}  // namespace musubi::asio
