#include <array>

#include <musubi/async/sleep.hpp>
#include <musubi/update/slot_installer.hpp>

namespace musubi::update {

namespace {

/// So that the answer to the command is sent before.
constexpr std::int32_t seconds_before_restart = 2;

}  // namespace

slot_installer::slot_installer(flash& into, const slot_options& options) noexcept
    : options_(options),
      flash_(&into),
      records_(into, options_.layout),
      updater_(into, options_.layout, options_.terms, records_),
      trial_(options_.trial) {}

status slot_installer::start(std::uint8_t slot) noexcept {
  if (!records_.load()) return fail("the flash has no record of the slots");
  started_ = true;
  slot_ = slot;
  std::array<std::byte, header_bytes> header;
  if (flash_->read(options_.layout.slots[slot], header)) {
    if (const auto read = read_header(header); read.ok()) running_ = *read;
  }
  const boot_state& now = records_.state();
  if (now.other == candidate::tried) {
    if (now.running() == slot) {
      trial_.begin();
    } else {  // the first stage could not record that it went back
      (void)records_.save({now.confirmed, candidate::none, outcome::rolled_back});
    }
  }
  show();
  return {};
}

task<> slot_installer::supervise() {
  for (;;) {
    co_await sleep(std::chrono::seconds(1));
    second();
  }
}

void slot_installer::second() noexcept {
  if (restart_in_ != 0 && --restart_in_ == 0) return options_.restart();
  if (!trial_.is_on()) return;
  const trial::step due = trial_.second();
  if (due == trial::step::go_back) return options_.restart();
  if (due == trial::step::confirm && confirm().ok()) return;
  show();
}

void slot_installer::show() noexcept {
  const boot_state& now = records_.state();
  update_state seen;
  seen.build = running_.build;
  seen.version = running_.version;
  if (started_) seen.slot = slot_ == 0 ? text<16>("A") : text<16>("B");
  seen.phase = updater_.busy()                   ? update_phase::receiving
               : now.other == candidate::pending ? update_phase::pending
               : trial_.is_on()                  ? update_phase::trial
                                                 : update_phase::idle;
  seen.percent = percent_;
  seen.seconds_left = trial_.seconds_left();
  seen.last = now.last;
  seen.refusal = text<96>::clipped(refusal_);
  state().set(seen);
}

status slot_installer::refused(const status& why) noexcept {
  refusal_ = why.literal_reason();
  percent_ = 0;
  show();
  return why;
}

status slot_installer::open(std::uint64_t bytes) noexcept {
  if (updater_.busy()) return refuse("another image is being received");
  refusal_ = {};
  percent_ = 0;
  if (!started_) return refused(refuse("this program was not started from a slot"));
  if (const status begun = updater_.begin(bytes); !begun.ok()) return refused(begun);
  show();
  return {};
}

upload_step slot_installer::write(std::span<const std::byte> bytes) noexcept {
  if (const status written = updater_.write(updater_.received(), bytes); !written.ok()) {
    (void)refused(written);
    return upload_step::failed;
  }
  const auto percent =
      static_cast<std::int32_t>(std::uint64_t{updater_.received()} * 100 / updater_.expected());
  if (percent != percent_) {
    percent_ = percent;
    show();
  }
  return upload_step::done;
}

upload_step slot_installer::finish() noexcept {
  const status finished = updater_.finish();
  if (!finished.ok()) {
    (void)refused(finished);
    return upload_step::failed;
  }
  show();
  return upload_step::done;
}

void slot_installer::release() noexcept {
  if (!updater_.busy()) return;
  updater_.abandon();
  (void)refused(refuse("the image did not arrive completely"));
}

status slot_installer::confirm() noexcept {
  if (!trial_.is_on()) return refuse("there is nothing to confirm");
  if (!records_.save({slot_, candidate::none, outcome::confirmed})) {
    return refuse("the flash could not be written");
  }
  trial_.end();
  restart_in_ = 0;
  show();
  return {};
}

status slot_installer::cancel() noexcept {
  const boot_state& now = records_.state();
  if (now.other != candidate::pending) return refuse("no image waits for the restart");
  if (!records_.save({now.confirmed, candidate::none, now.last})) {
    return refuse("the flash could not be written");
  }
  percent_ = 0;
  restart_in_ = 0;
  show();
  return {};
}

status slot_installer::restart() noexcept {
  if (records_.state().other != candidate::pending && !trial_.is_on()) {
    return refuse("there is no other image to start");
  }
  restart_in_ = seconds_before_restart;
  return {};
}

}  // namespace musubi::update
