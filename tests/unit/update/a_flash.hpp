#pragma once
/// Flash whose power fails when the test says so.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <musubi/update/flash.hpp>

namespace musubi::update::test {

inline constexpr flash_layout layout{
    .slots = {0x1000, 0x3000}, .slot_bytes = 0x2000, .records = {0, 0x400}};

/// What an operation leaves behind during which the power fails.
enum class cut : std::uint8_t {
  before,  ///< nothing happened
  half,    ///< the first half is done; in the middle there is neither old nor new
  after,   ///< all is done, but nobody was told
};

/// NOR flash: programming clears bits, erasing sets those of a sector. From the operation that the
/// power fails in until `restore`, nothing works.
class a_flash final : public flash {
 public:
  [[nodiscard]] std::uint32_t sector_bytes() const noexcept override { return 0x400; }
  [[nodiscard]] std::uint32_t write_bytes() const noexcept override { return 8; }
  [[nodiscard]] bool erase(std::uint32_t at) noexcept override {
    if (at % sector_bytes() != 0) ++mistakes;
    if (worn) return false;
    return change(std::span(bytes).subspan(at, sector_bytes()),
                  [](std::size_t) { return std::byte{0xFF}; });
  }
  [[nodiscard]] bool program(std::uint32_t at, std::span<const std::byte> from) noexcept override {
    const auto into = std::span(bytes).subspan(at, from.size());
    if (at % write_bytes() != 0 || from.size() % write_bytes() != 0) ++mistakes;
    if (!dead() && std::any_of(into.begin(), into.end(),
                               [](std::byte each) { return each != std::byte{0xFF}; })) {
      ++mistakes;  // programmed twice without erasing
    }
    return change(into, [&](std::size_t i) { return into[i] & from[i]; });
  }
  [[nodiscard]] bool read(std::uint32_t at, std::span<std::byte> into) noexcept override {
    if (dead() || unreadable) return false;
    std::copy_n(bytes.data() + at, into.size(), into.begin());
    return true;
  }

  /// The power fails in the `nth` erase or program from now.
  void fail_in(std::size_t nth, cut how) {
    operations = 0;
    fails_in_ = nth;
    how_ = how;
  }
  void restore() { fails_in_ = never; }
  [[nodiscard]] bool dead() const { return operations >= fails_in_; }

  std::vector<std::byte> bytes = std::vector<std::byte>(0x5000, std::byte{0xFF});
  std::size_t operations = 0;  ///< erased or programmed
  int mistakes = 0;            ///< that real flash would answer with an error
  bool unreadable = false;
  bool worn = false;  ///< erasing fails

 private:
  static constexpr std::size_t never = SIZE_MAX;

  template <class Value>
  bool change(std::span<std::byte> where, Value&& value) {
    if (dead()) return false;
    ++operations;
    std::size_t done = where.size();
    if (dead()) done = how_ == cut::before ? 0 : how_ == cut::half ? where.size() / 2 : done;
    for (std::size_t i = 0; i < done; ++i) where[i] = value(i);
    if (!dead()) return true;
    if (how_ == cut::half) {  // some bits of the next word
      for (std::size_t i = done; i < done + 4; ++i)
        where[i] = (where[i] & std::byte{0x5A}) | (value(i) & std::byte{0xA5});
    }
    return false;
  }

  std::size_t fails_in_ = never;
  cut how_ = cut::before;
};

}  // namespace musubi::update::test
