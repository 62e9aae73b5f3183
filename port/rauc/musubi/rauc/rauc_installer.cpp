#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <musubi/async/offload.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/hosted/replace_file.hpp>
#include <musubi/rauc/rauc_installer.hpp>
#include <musubi/rauc/rauc_status.hpp>
#include <musubi/rauc/run_program.hpp>

namespace musubi::rauc {

using update::outcome;
using update::update_phase;

namespace {

constexpr std::size_t most_chunk_bytes = 64'000;

/// What RAUC says after "LastError: ", or else last.
std::string last_words(std::string printed) {
  while (printed.ends_with('\n')) printed.pop_back();
  const std::string mark = "LastError: ";
  if (const std::size_t found = printed.rfind(mark); found != std::string::npos) {
    printed.erase(0, found + mark.size());
    printed.resize(std::min(printed.find('\n'), printed.size()));
  } else if (const std::size_t line = printed.rfind('\n'); line != std::string::npos) {
    printed.erase(0, line + 1);
  }
  return printed;
}

}  // namespace

rauc_installer::rauc_installer(rauc_options options)
    : options_(std::move(options)), trial_(options_.trial) {
  chunk_.reserve(most_chunk_bytes);
}

task<> rauc_installer::serve() {
  home_ = runtime::current();
  for (;;) {
    while (wanted_ == job::none) co_await wanted_changed_.wait();
    const job what = wanted_;
    auto doing = offload({.within = options_.install_within, .in_turn_with = this, .kept = true},
                         [this, what]() -> result<bool> { return do_job(what); });
    result<bool> well = co_await doing;
    // a thread that still works uses what belongs to this object: nothing else may begin
    while (doing.is_under_way()) well = co_await doing.answer_within(std::chrono::hours(1));
    if (!well.ok()) said_ = well.error().reason();
    wanted_ = job::none;
    done(what, well.ok() && *well);
  }
}

task<> rauc_installer::supervise() {
  for (;;) {
    co_await sleep(std::chrono::seconds(1));
    second();
  }
}

void rauc_installer::second() noexcept {
  if (!trial_.is_on()) return;
  const update::trial::step due = trial_.second();
  if (due == update::trial::step::confirm) (void)start(job::confirm);
  if (due == update::trial::step::go_back) (void)start(job::go_back);
  show();
}

bool rauc_installer::do_job(job what) {
  said_.clear();
  switch (what) {
    case job::look:
      return look();
    case job::none:
      return true;
    case job::write:
      return write_chunk();
    case job::install:
      return install();
    case job::confirm:
      if (!call({options_.rauc, "status", "mark-good"})) return false;
      ::unlink(trial_file().c_str());
      return true;
    case job::cancel:
      if (!call({options_.rauc, "status", "mark-active", "booted"})) return false;
      ::unlink(trial_file().c_str());
      return true;
    case job::restart:
      return call(options_.restart);
    case job::go_back:
      return call({options_.rauc, "status", "mark-bad", "booted"}) && call(options_.restart);
  }
  return false;
}

bool rauc_installer::call(const std::vector<std::string>& arguments) {
  const program_end end = run_program(arguments);
  said_ = end.printed;
  if (end.exit_code == 0) return true;
  said_ = end.printed.empty() ? arguments[0] + " could not be run" : last_words(end.printed);
  return false;
}

bool rauc_installer::look() {
  if (!call({options_.rauc, "status", "--output-format=shell"})) return false;
  rauc_status read;
  if (!read_status(said_, read)) {
    said_ = "rauc does not say which slot is booted";
    return false;
  }
  booted_ = read.booted.view();
  std::ifstream(trial_file()) >> before_;
  if (before_ == booted_) ::unlink(trial_file().c_str());  // it has gone back
  return true;
}

bool rauc_installer::write_chunk() {
  if (!file_) file_.reset(::open(bundle().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  for (std::size_t at = 0; at < chunk_.size();) {
    const ssize_t written =
        file_ ? ::write(file_.get(), chunk_.data() + at, chunk_.size() - at) : -1;
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      said_ = std::string("the folder for updates: ") + std::strerror(errno);
      return false;
    }
    at += static_cast<std::size_t>(written);
  }
  return true;
}

bool rauc_installer::install() {
  file_.reset();
  // written before: whatever happens now, the next start knows where it came from
  if (const int error = hosted::replace_file(trial_file(), booted_); error != 0) {
    said_ = std::string("the folder for updates: ") + std::strerror(error);
    ::unlink(bundle().c_str());
    return false;
  }
  const bool installed = call({options_.rauc, "install", bundle()});
  ::unlink(bundle().c_str());
  if (!installed) ::unlink(trial_file().c_str());
  return installed;
}

void rauc_installer::done(job what, bool well) noexcept {
  switch (what) {
    case job::look:
      ready_ = well;
      if (before_.empty()) break;
      if (before_ == booted_) {
        last_ = outcome::rolled_back;
      } else {
        phase_ = update_phase::trial;
        trial_.begin();
      }
      break;
    case job::write:
      if (!well) refuse_image(said_);
      if (released_) discard();
      settled(well);
      return show();
    case job::install:
      phase_ = well ? update_phase::pending : update_phase::idle;
      break;
    case job::confirm:
      if (well) {
        phase_ = update_phase::idle;
        trial_.end();
        last_ = outcome::confirmed;
      }
      break;
    case job::cancel:
      if (well) phase_ = update_phase::idle;
      break;
    case job::go_back:
      if (well) trial_.end();  // else it is tried again
      break;
    case job::none:
    case job::restart:
      break;
  }
  if (!well) refuse_image(said_);
  show();
}

void rauc_installer::refuse_image(std::string_view why) noexcept {
  refusal_ = why;
}

void rauc_installer::discard() noexcept {
  released_ = false;
  file_.reset();
  ::unlink(bundle().c_str());
  phase_ = update_phase::idle;
  received_ = 0;
}

void rauc_installer::show() noexcept {
  update::update_state seen;
  seen.build = text<32>::clipped(options_.build);
  seen.version = options_.version;
  seen.slot = text<16>::clipped(booted_);
  seen.phase = phase_;
  seen.percent = expected_ == 0 ? 0 : static_cast<std::int32_t>(received_ * 100 / expected_);
  seen.seconds_left = trial_.seconds_left();
  seen.last = last_;
  seen.refusal = text<96>::clipped(refusal_);
  state().set(seen);
}

status rauc_installer::problem_here() const noexcept {
  if (home_ != runtime::current()) return refuse("another core of this host does the updates");
  if (!ready_) return refuse("rauc does not say which slot runs");
  return {};
}

status rauc_installer::start(job what) noexcept {
  if (!wanted_changed_.awaited()) return refuse("the updater is busy");
  wanted_ = what;
  wanted_changed_.notify();
  return {};
}

status rauc_installer::open(std::uint64_t bytes) noexcept {
  if (const status problem = problem_here(); !problem.ok()) return problem;
  if (phase_ == update_phase::trial) return refuse("the running system is not confirmed yet");
  if (phase_ != update_phase::idle) return refuse("another image is being installed");
  if (bytes == 0 || bytes > options_.most_bytes) return refuse("the bundle is too large");
  if (!wanted_changed_.awaited()) return refuse("the updater is busy");
  phase_ = update_phase::receiving;
  expected_ = bytes;
  received_ = 0;
  refusal_.clear();
  released_ = false;
  show();
  return {};
}

upload_step rauc_installer::write(std::span<const std::byte> bytes) noexcept {
  if (bytes.size() > most_chunk_bytes || !start(job::write).ok()) return upload_step::failed;
  chunk_.assign(bytes.begin(), bytes.end());
  received_ += bytes.size();
  return upload_step::later;
}

upload_step rauc_installer::finish() noexcept {
  if (!start(job::install).ok()) return upload_step::failed;
  phase_ = update_phase::installing;
  show();
  return upload_step::done;
}

void rauc_installer::release() noexcept {
  if (phase_ != update_phase::receiving) return;
  if (refusal_.empty()) refusal_ = "the bundle did not arrive completely";
  if (wanted_ != job::none) {
    released_ = true;  // a thread is at its file
    return;
  }
  discard();
  show();
}

status rauc_installer::confirm() noexcept {
  if (const status problem = problem_here(); !problem.ok()) return problem;
  if (phase_ != update_phase::trial) return refuse("there is nothing to confirm");
  return start(job::confirm);
}

status rauc_installer::cancel() noexcept {
  if (const status problem = problem_here(); !problem.ok()) return problem;
  if (phase_ != update_phase::pending) return refuse("no image waits for the restart");
  return start(job::cancel);
}

status rauc_installer::restart() noexcept {
  if (const status problem = problem_here(); !problem.ok()) return problem;
  if (phase_ == update_phase::trial) return start(job::go_back);
  if (phase_ != update_phase::pending) return refuse("there is no other image to start");
  return start(job::restart);
}

}  // namespace musubi::rauc
