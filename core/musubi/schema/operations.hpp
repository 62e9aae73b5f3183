#pragma once
/// Writes JSON Patch operations (RFC 6902), for the envelope's `ops`.

#include <cstring>

#include <musubi/json/internal/writer.hpp>
#include <musubi/schema/pointer.hpp>

namespace musubi {

/// Writes a sequence of operations. Nothing is written before the first one, so a diff without
/// differences sends nothing.
class operations {
 public:
  explicit operations(json::writer& out) noexcept : out_(&out) {}
  operations(const operations&) = delete;
  operations& operator=(const operations&) = delete;

  /// `write` writes the new value.
  template <class Write>
  void add(const pointer& at, Write&& write) noexcept {
    begin("{\"op\":\"add\",\"path\":\"", at, before_value);
    value(write);
  }
  template <class Write>
  void replace(const pointer& at, Write&& write) noexcept {
    begin_replace(at);
    value(write);
  }
  /// The same for the member `name` of `of`.
  template <class Write>
  void replace_member(const pointer& of, std::string_view name, Write&& write) noexcept {
    begin_replace_member(of, name);
    value(write);
  }
  /// Replaces a member of the root with a value of few bytes, in one piece if there is room.
  /// `replacing` is `pointer::replaces` of the member, `Codec` that of the value.
  template <class Codec, class T>
  void replace_root_member(std::string_view replacing, const T& value) noexcept {
    const bool first = count_++ == 0;
    if (first) open();
    constexpr std::size_t around = 2;  // comma, brace
    if (char* to = out_->to().claim(replacing.size() + Codec::most_bytes + around)) {
      if (!first) *to++ = ',';
      std::memcpy(to, replacing.data(), replacing.size());
      to = Codec::put(to + replacing.size(), value);
      *to++ = '}';
      return out_->to().commit(to);
    }
    if (!first) out_->raw(',');
    out_->raw(replacing);
    this->value([&](json::writer& out) noexcept { Codec::write(out, value); });
  }
  void remove(const pointer& at) noexcept { begin("{\"op\":\"remove\",\"path\":\"", at, "\"}"); }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }

 protected:
  ~operations() = default;
  /// Called once, before the first operation, to write what precedes it.
  virtual void open() noexcept = 0;
  [[nodiscard]] json::writer& out() noexcept { return *out_; }

 private:
  static constexpr std::string_view before_value = "\",\"value\":";

  /// Writes an operation up to its value, or a complete one if it has none, and what precedes it.
  void begin(std::string_view head, const pointer& at, std::string_view rest) noexcept;
  void begin_replace(const pointer& at) noexcept;
  void begin_replace_member(const pointer& of, std::string_view name) noexcept;
  /// Writes what comes before an operation.
  void next() noexcept;
  template <class Write>
  void value(Write&& write) noexcept {
    write(*out_);
    end();
  }
  MUSUBI_ONCE void end() noexcept { out_->raw('}'); }

  json::writer* out_;
  std::size_t count_ = 0;
};

}  // namespace musubi
