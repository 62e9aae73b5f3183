#pragma once
/// Memory for one asynchronous operation of Asio's at a time.

#include <cstddef>
#include <new>

namespace musubi::asio {

/// Holds the operation that a handler is waiting for; without it Asio would ask the heap. Asio
/// gives it back before it calls the handler, so one is enough for one kind of waiting.
class operation_memory {
 public:
  /// The largest that Asio 1.22 to 1.30 asks for, by tests: 200 bytes with 64-bit pointers.
  static constexpr std::size_t capacity = 208;

  operation_memory() noexcept = default;
  operation_memory(const operation_memory&) = delete;
  operation_memory& operator=(const operation_memory&) = delete;

  [[nodiscard]] void* allocate(std::size_t bytes) {
    if (!used_ && bytes <= capacity) {
      used_ = true;
      return bytes_;
    }
    return ::operator new(bytes);  // an Asio that wants more: works, and the allocation tests tell
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

/// The allocator by which Asio finds it.
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
