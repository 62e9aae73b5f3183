#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include <musubi/hosted/internal/signals_blocked.hpp>
#include <musubi/mdns/announcement.hpp>
#include <musubi/mdns/internal/announcer.hpp>
#include <musubi/mdns/internal/make_responder.hpp>

namespace musubi::mdns {

namespace {

constexpr auto patience = std::chrono::seconds(1);

time_point now() noexcept {
  return time_point(
      std::chrono::duration_cast<duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

}  // namespace

struct announcement::work final : announcer_log {
  work(const hosted::listening_place& host, const service& what, musubi::log& to)
      : described(host, what), name(name_for(what.name)), log(&to), of_name(host.of_name) {}

  void say(log_level level, std::string_view line) noexcept override {
    const std::scoped_lock held(mutex);
    if (log != nullptr) log->write(level, {line});
  }
  void is_found_as(std::string_view host) noexcept override {
    const std::scoped_lock held(mutex);
    if (of_name != nullptr && !host.empty()) of_name->is_found_as(host);
  }

  /// What the thread does. `self` keeps this alive if nobody waits for its end.
  static void run(const std::shared_ptr<work>& self) noexcept {
    self->serve();
    const std::scoped_lock held(self->mutex);
    self->has_ended = true;
    self->ended.notify_all();
  }

  void serve() noexcept {
    announcer keeper(*with, described, name, *this);
    for (;;) {
      {
        const std::scoped_lock held(mutex);
        if (is_over) break;
        keeper.rename(name);
      }
      keeper.go_on(now());
      const auto due = keeper.due();
      with->wait(due ? std::optional<duration>(*due - now()) : std::nullopt);
    }
    with->close();
  }

  const advert described;
  std::mutex mutex;  // guards these:
  service_name name;
  musubi::log* log;  // null: it is gone
  hosted::found_by_name* of_name;
  bool is_over = false;
  bool has_ended = false;

  std::condition_variable ended;
  std::unique_ptr<responder> with;
  std::thread thread;
};

announcement::announcement(const hosted::listening_place& host, const service& what,
                           musubi::log& log) {
  if (host.unix_path.empty() && host.port == 0) return;  // it has a problem
  if (!host.is_reachable() && !what.on_loopback) return;
  const reason why = start(host, what, log);
  if (!why.empty()) log.write(log_level::notice, {"mdns: not announced: ", why});
}

/// Starts the thread, or returns why it cannot.
reason announcement::start(const hosted::listening_place& host, const service& what,
                           musubi::log& log) {
  if (!host.unix_path.empty()) return "it listens on a Unix socket";
  reason why;
  const auto made = std::make_shared<work>(host, what, log);
  made->with = make_responder(why);
  if (made->with == nullptr) return why;
  const hosted::signals_blocked while_it_starts;
  try {
    made->thread = std::thread(&work::run, made);
  } catch (const std::system_error&) {
    return "the system has no thread for it";
  }
  work_ = made;
  return {};
}

announcement::~announcement() {
  if (work_ == nullptr) return;
  bool has_ended = false;
  {
    std::unique_lock held(work_->mutex);
    work_->is_over = true;
    work_->with->wake();
    has_ended = work_->ended.wait_for(held, patience, [&] { return work_->has_ended; });
    work_->log = nullptr;
    work_->of_name = nullptr;
  }
  if (has_ended) {
    work_->thread.join();
  } else {
    work_->thread.detach();
  }
}

void announcement::rename(std::string_view name) noexcept {
  if (work_ == nullptr) return;
  const std::scoped_lock held(work_->mutex);
  work_->name = name_for(name);
  work_->with->wake();
}

}  // namespace musubi::mdns
