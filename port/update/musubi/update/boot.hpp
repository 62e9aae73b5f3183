#pragma once
/// Which of the two slots starts.
///
///     confirmed ── image written ──> pending ── start ──> tried ── confirm ──> confirmed
///         ^                             │                   │                  (the other slot)
///         ├───────── cancelled ─────────┘                   │
///         └───────── next start without it: rolled back ────┘
///
/// The state is a record in one of two sectors of flash. A change erases the sector with the older
/// record and writes the new one there, so that one valid record is always left: whenever the
/// power fails, either the old state is found at the next start, or the new one.

#include <cstdint>
#include <optional>

#include <musubi/update/flash.hpp>
#include <musubi/update/image.hpp>
#include <musubi/update/outcome.hpp>

namespace musubi::update {

/// How far the image in the other slot is.
enum class candidate : std::uint8_t {
  none,     ///< there is none
  pending,  ///< whole; the next start tries it
  tried,    ///< started; the next start without a confirmation goes back
};

/// What the records say.
struct boot_state {
  std::uint8_t confirmed = 0;  ///< the slot with the image that is known to work
  candidate other = candidate::none;
  outcome last = outcome::none;

  /// The slot whose image runs, after the first stage has chosen it.
  [[nodiscard]] std::uint8_t running() const noexcept {
    return other == candidate::tried ? other_slot() : confirmed;
  }
  [[nodiscard]] std::uint8_t other_slot() const noexcept {
    return static_cast<std::uint8_t>(1 - confirmed);
  }
};

/// The two records. Flash and layout must outlive it.
class boot_records {
 public:
  boot_records(flash& in, const flash_layout& layout) noexcept : flash_(&in), layout_(&layout) {}

  /// Reads the newer record. False if there is no valid one.
  [[nodiscard]] bool load() noexcept;
  [[nodiscard]] const boot_state& state() const noexcept { return state_; }
  /// Writes the other record. On false, the state is as it was.
  [[nodiscard]] bool save(const boot_state& next) noexcept;

 private:
  flash* flash_;
  const flash_layout* layout_;
  boot_state state_;
  std::uint32_t sequence_ = 0;
  std::uint8_t newer_ = 1;  // the record that `state_` is from
};

/// What the first stage starts.
struct boot_choice {
  std::uint8_t slot;
  image_info image;
};

/// For the first stage, once after each reset: chooses a slot and records the step. Without any
/// record, as after production, the first slot with a whole image. If the confirmed image is
/// damaged, the other one is taken, if that is whole. `std::nullopt`: there is no whole image.
[[nodiscard]] std::optional<boot_choice> choose_slot(flash& in,
                                                     const flash_layout& layout) noexcept;

}  // namespace musubi::update
