#pragma once
/// What the store of firmware updates drives: the two slots of a board (`slot_installer`), or the
/// updater of a gateway.

#include <cstdint>
#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/musubi.hpp>
#include <musubi/store/upload/upload_sink.hpp>
#include <musubi/update/outcome.hpp>

namespace musubi::update {

/// What a device does about updates.
enum class update_phase : std::uint8_t {
  idle,        ///< nothing
  receiving,   ///< an image arrives
  installing,  ///< it is complete, and being written
  pending,     ///< it is installed: the next start tries it
  trial,       ///< it runs, and is not confirmed yet
};

/// What browsers see of a device's firmware.
struct update_state {
  text<32> build;             ///< of the running image
  std::uint32_t version = 0;  ///< of the running image
  text<16> slot;              ///< where it runs: "A" or "B" on boards
  update_phase phase = update_phase::idle;
  std::int32_t percent = 0;       ///< of the image that arrives, or has arrived
  std::int32_t seconds_left = 0;  ///< of a trial, until the device goes back
  outcome last = outcome::none;
  text<96> refusal;  ///< of the last image; empty if it was taken
};

/// Installs images. Its upload functions get one image, after `open`; `release` discards what is
/// not complete, and nothing else. All functions are for the host's thread.
class installer : public upload_sink {
 public:
  installer(const installer&) = delete;
  installer& operator=(const installer&) = delete;

  /// An image of so many bytes comes. A refusal is told to who sends it.
  [[nodiscard]] virtual status open(std::uint64_t bytes) noexcept = 0;
  /// Keeps the image that runs on trial.
  [[nodiscard]] virtual status confirm() noexcept = 0;
  /// Drops the image that is pending.
  [[nodiscard]] virtual status cancel() noexcept = 0;
  /// Restarts the device within seconds: into the pending image, or back from one on trial.
  [[nodiscard]] virtual status restart() noexcept = 0;

  /// What stores show.
  [[nodiscard]] watch<update_state>& state() noexcept { return state_; }

 protected:
  installer() noexcept = default;
  ~installer() = default;

 private:
  watch<update_state> state_;
};

}  // namespace musubi::update
