#include <algorithm>
#include <iterator>

#include <musubi/memory/slice.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/internal/node.hpp>
#include <musubi/store/page/internal/page.hpp>

namespace musubi {

void subscriber_list::deliver(const void* message) noexcept {
  // a subscriber cannot vanish meanwhile: pages are destroyed from the run queue only
  for (subscription& each : subscriptions_) {
    if (each.to == nullptr) {
      each.how->copy(each.store, message);
    } else {
      each.to->on_page().receive(*each.to, each.store, message, *each.how);
    }
  }
}

void subscriber_list::tell() noexcept {
  for (subscription& each : subscriptions_) {
    if (each.to == nullptr) {
      each.how->copy(each.store, each.source);
    } else {
      each.to->on_page().tell(each);
    }
  }
}

page::~page() {
  while (mail* const next = waiting_.pop()) next->discard(*next);
  while (subscription* next = subscriptions_) {
    subscriptions_ = next->next_of_page;
    release(*next);
  }
}

void page::release(subscription& gone) noexcept {
  destroy_in(*resources_->subscriptions, &gone);
  give_share(resources_->shares, *sink_, shared_pool::subscriptions);
}

status page::subscribe(subscriber_list& list, context& to, void* store, const detail::delivery& how,
                       const void* source) noexcept {
  std::uint32_t has = 0;
  for (const subscription* each = subscriptions_; each != nullptr; each = each->next_of_page) ++has;
  if (has >= resources_->subscriptions_per_page) return exhausted("subscriptions_per_page");
  if (take_share(resources_->shares, *sink_, shared_pool::subscriptions) != share_end::none) {
    return exhausted("subscriptions_per_peer");
  }
  auto* fresh = make_in<subscription>(*resources_->subscriptions);
  if (fresh == nullptr) {
    give_share(resources_->shares, *sink_, shared_pool::subscriptions);
    return exhausted("subscriptions");
  }
  fresh->to = &to;
  fresh->store = store;
  fresh->how = &how;
  fresh->source = source;
  fresh->next_of_page = subscriptions_;
  subscriptions_ = fresh;
  list.add(*fresh);
  return {};
}

void page::forget(const context& gone) noexcept {
  for (subscription** at = &subscriptions_; *at != nullptr;) {
    subscription* each = *at;
    if (each->to != &gone) {
      at = &each->next_of_page;
      continue;
    }
    *at = each->next_of_page;
    release(*each);
  }
  waiting_.remove_if([&](const mail& each) { return each.to == &gone; },
                     [this](mail& each) {
                       --waiting_count_;
                       each.discard(each);
                     });
  store_gone(gone);
}

void page::show() noexcept {
  if (sink_->takes_patch()) return send_initial();
  dirty_ = true;
  sink_->service_wanted();
}

void page::send_initial() noexcept {
  envelope all(*sink_, 0);
  all.replace(pointer::root(), [&](json::writer& out) noexcept { write_state(out); });
  write_outgoing(all);
  (void)all.finish();
  version_ = 1;
  if (resources_->observed.follower() != nullptr) tell_patch(1);
  if (!waiting_.empty() || dirty_) sink_->service_wanted();
  ++resources_->counters->patches;
  ++resources_->counters->operations;
}

void page::cycle_wanted() noexcept {
  dirty_ = true;
  if (version_ != 0) sink_->service_wanted();
}

void page::fail(const status& why) noexcept {
  if (telemetry* to = failed_ ? nullptr : resources_->observed.listener()) {
    note_failure(why);
    to->on_page_failed({event_source::of(root()), why});
  }
  fail();
}

void page::fail() noexcept {
  if (failed_) return;
  failed_ = true;
  ++resources_->counters->failures;
  sink_->service_wanted();
}

void page::receive(const command_message& message) noexcept {
  if (failed_) return;
  if (must_wait()) return enqueue(message);
  run(message);
}

void page::receive(context& to, void* store, const void* message,
                   const detail::delivery& how) noexcept {
  if (failed_) return;
  if (!must_wait()) return handle(to, store, message, how);
  void* memory = has_room() ? resources_->mail->allocate(sizeof(topic_mail) + how.bytes) : nullptr;
  // a store that misses a message would stay wrong, so the page ends and is mounted again
  if (memory == nullptr) {
    explain(exhausted("mail"));
    return fail();
  }
  auto& copy = *new (memory) topic_mail;
  copy.to = &to;
  copy.receiver = &to;
  copy.store = store;
  copy.how = &how;
  how.copy(copy.content(), message);
  copy.handle = [](mail& self, page& on) noexcept {
    auto& told = static_cast<topic_mail&>(self);
    on.handle(*told.receiver, told.store, told.content(), *told.how);
  };
  copy.discard = [](mail& self) noexcept {
    auto& told = static_cast<topic_mail&>(self);
    told.how->destroy(told.content());
    release_mail(self);
  };
  post(copy);
}

void page::handle(context& to, void* store, const void* message,
                  const detail::delivery& how) noexcept {
  ++resources_->counters->messages;
  detail::tell_received(resources_->observed, to);
  busy_ = true;
  const bool to_root = node::of(to).place_or_null() == nullptr;
  if (to_root && !info_wanted({how.type, message})) return idle();
  call(to, store, message, how);
}

void page::call(context& to, void* store, const void* message,
                const detail::delivery& how) noexcept {
  busy_ = true;
  if (!how.call(store, message, to)) return handle_info_threw();
  idle();
  to.changed();  // the cycle comes at the end of the turn, and covers all messages until then
  cycle_postponed();
}

// apart, so that what failing needs is not on the stack of `call`
[[gnu::noinline]] void page::handle_info_threw() noexcept {
  explain(musubi::fail("handle_info threw"));
  fail();
}

void page::tell(subscription& follower) noexcept {
  if (failed_) return;
  if (follower.how->call == nullptr) return follower.to->changed();
  follower.due = must_wait();
  if (!follower.due) {
    return call(*follower.to, follower.store, follower.source, *follower.how);
  }
  has_news_ = true;
}

void page::tell_news() noexcept {
  has_news_ = false;
  for (subscription* each = subscriptions_; each != nullptr; each = each->next_of_page) {
    if (each->due) tell(*each);
  }
}

bool page::decode(const context& to, const command_message& message, void* command,
                  const detail::record_reader& reader) noexcept {
  decode_error error;
  json::reader payload(message.payload);
  if (reader.read(payload, command, error)) return true;
  refuse(message.ref, error.refused_as("invalid payload"));
  if (telemetry* told = resources_->observed.listener()) {
    told->on_payload_refused({event_source::of(to), message.name, error});
  }
  return false;
}

page::progress page::execute(const command_message& message) noexcept {
  // `[]` is the root, however it is spelt
  const std::string_view inside = slice(message.store_id, 1, message.store_id.size() - 2);
  if (json::reader(inside).finished()) return root().execute(message);
  return execute_below(message);
}

page::progress page::execute_below(const command_message& message) noexcept {
  refuse(message.ref, "unknown store");
  return progress::rejected;
}

void page::run(const command_message& message) noexcept {
  ++resources_->counters->commands;
  busy_ = true;  // what the handler publishes to its own page waits until it has ended
  switch (execute(message)) {
    case progress::rejected:
      return idle();
    case progress::answered:
      after_message();
      return idle();
    case progress::suspended:
      return;
    case progress::failed:
      return fail();
  }
}

void page::idle() noexcept {
  busy_ = false;
  if (!waiting_.empty() || has_news_) sink_->service_wanted();
}

void page::after_message() noexcept {
  if (failed_) return;  // what the handler asked for failed: the client mounts the root again
  dirty_ = true;
  if (sink_->takes_patch()) return cycle();
  cycle_postponed();
  sink_->service_wanted();
}

void page::cycle() noexcept {
  if (version_ == 0) return send_initial();
  dirty_ = false;
  ++resources_->counters->renders;
  envelope changes(*sink_, version_);
  if (!render_changes(changes)) return fail();
  write_outgoing(changes);
  if (!changes.finish()) return;
  ++version_;
  if (resources_->observed.follower() != nullptr) tell_patch(changes.count());
  ++resources_->counters->patches;
  resources_->counters->operations += static_cast<tally>(changes.count());
}

void page::tell_patch([[maybe_unused]] std::size_t operations) noexcept {
#if defined(MUSUBI_TELEMETRY)
  observer& seen = resources_->observed;
  seen.follower()->on_patch_stop({event_source::of(root()), version_,
                                  static_cast<std::uint32_t>(operations), seen.said[1],
                                  seen.said[2], seen.said[3]});
  std::fill(std::begin(seen.said), std::end(seen.said), 0U);
#endif
}

void page::service() noexcept {
  if (failed_) return;
  if (is_suspended_ || !waiting_.empty() || has_news_) {
    if (!sink_->writable()) return;
    if (is_suspended_) suspended()->client_ready();
    while (!busy_ && !failed_ && !waiting_.empty() && sink_->writable()) take_next();
    if (has_news_ && !busy_) tell_news();
    if (failed_) return;
  }
  if (!dirty_ || busy_) return;
  if (sink_->takes_patch()) return cycle();
  sink_->service_wanted();
}

void page::release_mail(mail& done) noexcept {
  mail_pools::deallocate(&done);
}

void page::post(mail& message) noexcept {
  waiting_.push(message);
  ++waiting_count_;
  if (!busy_) sink_->service_wanted();
}

// apart, so that what it needs is not on the stack of a handler
[[gnu::noinline]] void page::enqueue(const command_message& message) noexcept {
  const std::string_view parts[] = {message.ref, message.name, message.store_id, message.payload};
  std::size_t bytes = sizeof(command_mail);
  for (const std::string_view part : parts) bytes += part.size();
  if (!has_room()) return refuse(message.ref, exhausted("mailbox"));
  void* memory = resources_->mail->allocate(bytes);
  if (memory == nullptr) return refuse(message.ref, exhausted("mail"));
  auto& copy = *new (memory) command_mail;
  char* at = reinterpret_cast<char*>(&copy + 1);
  std::string_view* const copies[] = {&copy.message.ref, &copy.message.name, &copy.message.store_id,
                                      &copy.message.payload};
  for (std::size_t i = 0; i < 4; ++i) {
    std::memcpy(at, parts[i].data(), parts[i].size());
    *copies[i] = {at, parts[i].size()};
    at += parts[i].size();
  }
  copy.handle = [](mail& self, page& on) noexcept {
    on.run(static_cast<command_mail&>(self).message);
  };
  copy.discard = &page::release_mail;
  post(copy);
}

void page::withdraw(mail& message) noexcept {
  waiting_.remove_if([&](const mail& each) { return &each == &message; },
                     [this](mail&) { --waiting_count_; });
}

void page::take_next() noexcept {
  mail& next = *waiting_.pop();
  --waiting_count_;
  const auto discard = next.discard;
  next.handle(next, *this);
  discard(next);
}

page::progress page::suspend(command_run&& rest, std::string_view ref) noexcept {
  if (!rest.valid()) {
    refuse(ref, exhausted("coroutine_frames"));
    return progress::rejected;
  }
  command_run& run = *suspended();
  run = std::move(rest);
  is_suspended_ = true;
  run.start(*this);
  return progress::suspended;
}

void command_promise::end_job::call(job& self) noexcept {
  static_cast<end_job&>(self).on->settled();
}

void page::settled() noexcept {
  command_run& ended = *suspended();
  if (ended.threw()) {
    explain(musubi::fail("the handler threw"));
    fail();
  }
  ended.reset();
  is_suspended_ = false;
  idle();
  service();
}

page::handler_budget::handler_budget(page& owner) noexcept
    : job(&handler_budget::expired), page_(&owner) {
  owner.resources_->host->arm_after(timer_, owner.resources_->handler_timeout);
}

void page::refuse(std::string_view ref, const refusal& why) noexcept {
  note_refusal(why.reason);
  ++resources_->counters->commands_refused;
  sink_->begin_reply(ref, false);
  write(sink_->out(), why);
  sink_->end_reply();
}

}  // namespace musubi
