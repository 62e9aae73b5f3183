#include <musubi/store/task/internal/async_runs.hpp>

namespace musubi {

namespace detail {

async_run::async_run(async_runs& all, context& of, const task_key* key) noexcept
    : all_(&all),
      of_(&of),
      key_(key),
      since_(all.page_->resources().observed),
      ended_(*this, [](job& self) noexcept { static_cast<run_job&>(self).run->wake({}); }),
      expired_(*this,
               [](job& self) noexcept { static_cast<run_job&>(self).run->wake(exit_timeout); }),
      done_(*this, [](job& self) noexcept {
        async_run& run = *static_cast<run_job&>(self).run;
        run.all_->release(run);
      }) {
  message_.to = &of;
  message_.run = this;
  message_.handle = [](mail& self, page&) noexcept {
    async_run& run = *static_cast<message&>(self).run;
    run.all_->resume(run);
  };
  message_.discard = [](mail&) noexcept {};
}

void async_run::wake(std::string_view why) noexcept {
  if (woken_) return;  // the first to arrive wins
  woken_ = true;
  exit_ = why;
  deadline_.cancel();
  all_->page_->post(message_);
}

}  // namespace detail

async_event async_runs::event_of([[maybe_unused]] const detail::async_run& run) noexcept {
#if defined(MUSUBI_TELEMETRY)
  return {event_source::of(*run.of_), run.key_->name, run.key_->kind};
#else
  return {};
#endif
}

async_runs::~async_runs() {
  while (!runs_.empty()) release(runs_.front());
}

detail::async_run* async_runs::find(const context& of, const detail::task_key* key) noexcept {
  for (detail::async_run& each : runs_) {
    if (each.of_ == &of && each.key_ == key && !each.superseded_) return &each;
  }
  return nullptr;
}

detail::async_run* async_runs::make(context& of, const detail::task_key* key) noexcept {
  forget(of, key);
  auto* fresh = make_in<detail::async_run>(*page_->resources().asyncs, *this, of, key);
  if (fresh != nullptr) runs_.push_back(*fresh);
  return fresh;
}

status async_runs::start(detail::async_run& run, task<>&& body, duration timeout) noexcept {
  if (!body.valid()) {
    release(run);
    return exhausted("coroutine_frames");
  }
  run.body_ = std::move(body);
  if (telemetry* to = page_->resources().observed.follower()) {
    to->on_async_start(event_of(run));
  }
  if (timeout != duration::zero()) {
    page_->resources().host->arm_after(run.deadline_, timeout);
  }
  run.body_.start(run.done_);
  return {};
}

void async_runs::cancel(const context& of, const detail::task_key* key,
                        std::string_view reason) noexcept {
  if (detail::async_run* run = find(of, key)) run->wake(reason);
}

void async_runs::forget(const context& of, const detail::task_key* key) noexcept {
  detail::async_run* run = find(of, key);
  if (run == nullptr) return;
  run->superseded_ = true;
  run->deadline_.cancel();
}

void async_runs::resume(detail::async_run& run) noexcept {
  if (run.superseded_) {
    ++page_->resources().counters->asyncs_discarded;
    tell_discard(run);
    return release(run);
  }
  page_->handle(*run.of_, [&]() noexcept {
    run.waiting_.resume();  // up to its end, which releases the run later
    tell_end(run);
  });
}

void async_runs::tell_end(const detail::async_run& run) noexcept {
  const observer& seen = page_->resources().observed;
  const bool unexpected = run.exit_ == detail::exit_timeout || run.exit_ == detail::exit_threw;
  telemetry* to = unexpected ? seen.listener() : seen.follower();
  if (to == nullptr) return;
  const duration took = run.since_.elapsed(seen);
  if (run.exit_.empty()) {
    to->on_async_stop({event_of(run), took});
  } else if (unexpected) {
    to->on_async_exception({event_of(run), took, run.exit_});
  } else {
    to->on_async_cancel({event_of(run), took, run.exit_});
  }
}

void async_runs::tell_discard(const detail::async_run& run) noexcept {
  if (telemetry* to = page_->resources().observed.follower()) {
    to->on_async_lazy_discard(event_of(run));
  }
}

void async_runs::release(detail::async_run& done) noexcept {
  page_->withdraw(done.message_);
  destroy_in(*page_->resources().asyncs, &done);
}

void async_runs::store_gone(const context& of) noexcept {
  for (auto at = runs_.begin(); at != runs_.end();) {
    detail::async_run& each = *at;
    ++at;
    if (each.of_ != &of) continue;
    ++page_->resources().counters->asyncs_discarded;
    tell_discard(each);
    release(each);
  }
}

}  // namespace musubi
