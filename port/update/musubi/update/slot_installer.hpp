#pragma once
/// Updates of a board with two slots.
///
///     board::flash_chip chip;
///     musubi::update::slot_installer updates(chip, {.layout = …, .terms = …, .restart = &reset});
///
///     (void)updates.start(running_slot);      // before the host runs
///     (void)host.spawn(updates.supervise());  // counts the seconds of a trial

#include <cstdint>

#include <musubi/async/task.hpp>
#include <musubi/update/installer.hpp>
#include <musubi/update/trial.hpp>
#include <musubi/update/updater.hpp>

namespace musubi::update {

/// How a board updates itself.
struct slot_options {
  flash_layout layout;
  image_terms terms;
  /// An image that is started for the first time. To go back, the board restarts.
  trial_terms trial = {.within = std::chrono::minutes(5)};
  /// Resets the board. Called from `supervise`.
  void (*restart)() = nullptr;
};

/// Writes images into the slot that does not run. Create one object; it and the flash must outlive
/// the host.
class slot_installer final : public installer {
 public:
  slot_installer(flash& into, const slot_options& options) noexcept;

  /// Reads the records. `slot` is the one that the first stage has started. Fails if there are no
  /// records, which means that no first stage ran; then every image is refused.
  [[nodiscard]] status start(std::uint8_t slot) noexcept;
  /// Never returns: counts the seconds of a trial, confirms, and restarts.
  [[nodiscard]] task<> supervise();

  [[nodiscard]] status open(std::uint64_t bytes) noexcept override;
  [[nodiscard]] status confirm() noexcept override;
  [[nodiscard]] status cancel() noexcept override;
  [[nodiscard]] status restart() noexcept override;

  upload_step write(std::span<const std::byte> bytes) noexcept override;
  upload_step finish() noexcept override;
  void release() noexcept override;
  [[nodiscard]] std::string_view reason() const noexcept override { return refusal_; }

 private:
  void second() noexcept;
  [[nodiscard]] status refused(const status& why) noexcept;
  void show() noexcept;

  slot_options options_;
  flash* flash_;
  boot_records records_;
  updater updater_;
  std::string_view refusal_;  // a literal
  image_info running_{};
  trial trial_;
  std::int32_t restart_in_ = 0;  // seconds; 0: not
  std::int32_t percent_ = 0;
  std::uint8_t slot_ = 0;
  bool started_ = false;
};

}  // namespace musubi::update
