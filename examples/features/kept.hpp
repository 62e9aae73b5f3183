#pragma once
// A value that survives restarts, a power failure in the middle of a write, and firmware updates.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

// Where it is kept: two slots, each written as a whole. On a board two sectors of flash, on a
// computer two files.
class two_slots {
 public:
  virtual void read(int slot, std::span<std::byte> into) noexcept = 0;
  [[nodiscard]] virtual bool write(int slot, std::span<const std::byte> from) noexcept = 0;

 protected:
  ~two_slots() = default;
};

// Keeps a T. The newer of the two slots that are whole counts, and a write goes to the other one:
// whenever the power fails, the last complete value is there.
//
// A newer firmware may append members to T, and must not change or move those that it has. Then it
// reads what an older one kept, with the defaults for the rest, and an older one reads what a newer
// one kept.
template <class T>
class kept {
  static_assert(std::is_trivially_copyable_v<T>);
  static constexpr std::size_t room = 128;  // bytes of a value, of this firmware and those to come
  static_assert(sizeof(T) <= room);

  struct head {
    std::uint32_t checksum;  // of everything after it
    std::uint32_t sequence;  // the larger one is newer
    std::uint32_t size;      // of the value
  };
  using record = std::array<std::byte, sizeof(head) + room>;

 public:
  // `where` must outlive it.
  void open(two_slots& where) noexcept {
    where_ = &where;
    value_ = T{};
    sequence_ = 0;
    for (const int slot : {0, 1}) load(slot);
  }
  [[nodiscard]] const T& get() const noexcept { return value_; }
  // False, and nothing has changed, if it could not be written.
  [[nodiscard]] bool set(const T& value) noexcept {
    record bytes{};
    head begin{0, sequence_ + 1, sizeof(T)};
    std::memcpy(bytes.data() + sizeof(head), &value, sizeof(T));
    std::memcpy(bytes.data(), &begin, sizeof begin);
    begin.checksum = sum(bytes, begin.size);
    std::memcpy(bytes.data(), &begin, sizeof begin);
    const std::span<const std::byte> used(bytes.data(), sizeof(head) + sizeof(T));
    if (where_ == nullptr || !where_->write(1 - newest_, used)) return false;
    newest_ = 1 - newest_;
    sequence_ = begin.sequence;
    value_ = value;
    return true;
  }

 private:
  void load(int slot) noexcept {
    record bytes;
    bytes.fill(std::byte{0xFF});  // as erased flash reads
    where_->read(slot, bytes);
    head begin{};
    std::memcpy(&begin, bytes.data(), sizeof begin);
    if (begin.size == 0 || begin.size > room || begin.checksum != sum(bytes, begin.size)) return;
    if (begin.sequence <= sequence_) return;
    newest_ = slot;
    sequence_ = begin.sequence;
    value_ = T{};
    std::memcpy(&value_, bytes.data() + sizeof(head), std::min<std::size_t>(begin.size, sizeof(T)));
  }
  // CRC-32 of what follows the checksum.
  static std::uint32_t sum(const record& bytes, std::uint32_t size) noexcept {
    std::uint32_t made = ~std::uint32_t{0};
    for (std::size_t i = sizeof(head::checksum); i < sizeof(head) + size; ++i) {
      made ^= std::to_integer<std::uint32_t>(bytes[i]);
      for (int bit = 0; bit < 8; ++bit) made = made >> 1 ^ (made & 1 ? 0xEDB88320U : 0U);
    }
    return ~made;
  }

  two_slots* where_ = nullptr;
  int newest_ = 0;
  std::uint32_t sequence_ = 0;
  T value_{};
};
