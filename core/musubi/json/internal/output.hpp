#pragma once
/// The destination of written bytes: a bounded buffer that may be flushed while writing continues.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace musubi::json {

/// A window of memory with a cursor. When it is full, the derived class's `make_room` flushes it
/// and opens a new window. If that is not possible, the output has failed: further bytes are
/// dropped, and `failed()` returns true.
class output {
 public:
  /// The most bytes that may be passed to `reserve`.
  static constexpr std::size_t reserve_limit = 48;

  void append(std::string_view bytes) noexcept { append(bytes.data(), bytes.size()); }
  void append(const char* bytes, std::size_t size) noexcept {
    if (size <= static_cast<std::size_t>(end_ - cursor_)) {
      if (size != 0) std::memcpy(cursor_, bytes, size);
      cursor_ += size;
    } else {
      append_in_pieces({bytes, size});
    }
  }
  void append(char byte) noexcept {
    if (cursor_ == end_ && !try_make_room()) return;
    *cursor_++ = byte;
  }
  /// Returns at least `bytes` (≤ `reserve_limit`) writable bytes, to be confirmed by `commit`; null
  /// after a failure.
  [[nodiscard]] char* reserve(std::size_t bytes) noexcept {
    if (bytes > static_cast<std::size_t>(end_ - cursor_) && !try_make_room()) return nullptr;
    return cursor_;
  }
  /// Returns `bytes` (not 0) writable bytes, to be confirmed by `commit`; null, without any effect,
  /// if there are fewer.
  [[nodiscard]] char* claim(std::size_t bytes) const noexcept {
    if (bytes > static_cast<std::size_t>(end_ - cursor_)) return nullptr;
    if (cursor_ == nullptr) __builtin_unreachable();  // where there is room, there is a window
    return cursor_;
  }
  void commit(char* end) noexcept { cursor_ = end; }
  [[nodiscard]] bool failed() const noexcept { return failed_; }

 protected:
  output() noexcept = default;
  output(char* begin, char* end) noexcept : cursor_(begin), end_(end) {}
  output(const output&) = delete;
  output& operator=(const output&) = delete;
  ~output() = default;

  /// Opens a window of at least `reserve_limit` bytes, or returns false.
  virtual bool make_room() noexcept = 0;

  char* cursor_ = nullptr;
  char* end_ = nullptr;
  bool failed_ = false;

 private:
  // rare, and never inlined: what they need would be saved around every write
  [[gnu::noinline]] bool try_make_room() noexcept {
    if (!failed_ && make_room()) return true;
    failed_ = true;
    end_ = cursor_;  // what room there was for less stays unused: no hole in the middle
    return false;
  }
  [[gnu::noinline]] void append_in_pieces(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
      const auto room = static_cast<std::size_t>(end_ - cursor_);
      const std::size_t piece = bytes.size() < room ? bytes.size() : room;
      if (piece != 0) std::memcpy(cursor_, bytes.data(), piece);
      cursor_ += piece;
      bytes.remove_prefix(piece);
      if (!bytes.empty() && !try_make_room()) return;
    }
  }
};

/// Writes into one buffer of the caller. Fails when that is full, or has less than `number_bytes`
/// left for a number.
class buffer_output final : public output {
 public:
  buffer_output(char* buffer, std::size_t bytes) noexcept
      : output(buffer, buffer + bytes), begin_(buffer) {}
  [[nodiscard]] std::string_view view() const noexcept {
    return {begin_, static_cast<std::size_t>(cursor_ - begin_)};
  }

 private:
  bool make_room() noexcept override { return false; }
  char* begin_;
};

}  // namespace musubi::json
