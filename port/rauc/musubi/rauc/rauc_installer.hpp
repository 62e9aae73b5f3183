#pragma once
/// Updates of a gateway by RAUC (https://rauc.io), for the store musubi::update::firmware_update.
///
///     musubi::rauc::rauc_installer updates({.build = "2026-12-01"});
///
///     (void)host.spawn(updates.serve());      // runs rauc, on the port's threads
///     (void)host.spawn(updates.supervise());  // counts the seconds of a trial

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/async/clock.hpp>
#include <musubi/async/event.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/async/task.hpp>
#include <musubi/hosted/descriptor.hpp>
#include <musubi/update/installer.hpp>
#include <musubi/update/trial.hpp>

namespace musubi::rauc {

/// How a gateway updates itself.
struct rauc_options {
  /// Of the program that runs; a literal, or as long-lived.
  std::string_view build = {};
  std::uint32_t version = 0;
  /// An existing folder that survives an update. A bundle lies there until it is installed, and a
  /// file that says which slot to go back to.
  std::string folder = "/var/lib/musubi";
  std::uint64_t most_bytes = 1'000'000'000;
  /// A system that was started for the first time.
  update::trial_terms trial = {.within = std::chrono::minutes(10)};
  /// How long an installation may take.
  duration install_within = std::chrono::minutes(15);
  std::string rauc = "rauc";
  std::vector<std::string> restart = {"systemctl", "reboot"};
};

/// Writes a bundle to a file and has `rauc install` it: RAUC verifies its signature, and writes the
/// slot that does not run. `confirm` is `rauc status mark-good`; going back is `mark-bad`, and a
/// restart. All blocking work runs on the port's threads (`offload`); it takes one of them, and one
/// slot. Allocates while it does. Create one object, which must outlive the host. For a host with
/// one core: on others, everything is refused.
class rauc_installer final : public update::installer {
 public:
  explicit rauc_installer(rauc_options options);

  /// Never returns: does what was asked for, one after another. Start it once.
  [[nodiscard]] task<> serve();
  /// Never returns: counts the seconds of a trial. Start it once.
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
  enum class job : std::uint8_t { look, none, write, install, confirm, cancel, restart, go_back };

  /// Why nothing can be asked for here; success if it can.
  [[nodiscard]] status problem_here() const noexcept;
  [[nodiscard]] status start(job what) noexcept;
  [[nodiscard]] std::string bundle() const { return options_.folder + "/update.raucb"; }
  [[nodiscard]] std::string trial_file() const { return options_.folder + "/update.trial"; }
  // on a thread of the port; these set `said_`
  [[nodiscard]] bool do_job(job what);
  [[nodiscard]] bool look();
  [[nodiscard]] bool write_chunk();
  [[nodiscard]] bool install();
  [[nodiscard]] bool call(const std::vector<std::string>& arguments);
  // on the host
  void done(job what, bool well) noexcept;
  void discard() noexcept;
  void refuse_image(std::string_view why) noexcept;
  void second() noexcept;
  void show() noexcept;

  rauc_options options_;
  std::atomic<const runtime*> home_{nullptr};  // the host that serves
  event wanted_changed_;
  job wanted_ = job::look;
  bool released_ = false;  // the bundle is to be discarded when the job is done
  hosted::descriptor file_;
  std::vector<std::byte> chunk_;
  std::string said_;    // by a job
  std::string before_;  // by `look`: the slot that an update was installed from; empty if none
  std::string booted_;
  std::string refusal_;
  std::uint64_t expected_ = 0;
  std::uint64_t received_ = 0;
  update::update_phase phase_ = update::update_phase::idle;
  update::outcome last_ = update::outcome::none;
  update::trial trial_;
  bool ready_ = false;  // it is known which slot runs
};

}  // namespace musubi::rauc
