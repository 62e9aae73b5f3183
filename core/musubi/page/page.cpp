#include <musubi/page/page.hpp>

namespace musubi {

void subscriber_list::deliver(const void* message) noexcept {
  // a subscriber cannot vanish meanwhile: pages are destroyed from the run queue only
  for (subscription& each : subscriptions_)
    each.subscriber->receive(each.store, message, *each.how);
}

page::~page() {
  while (mail* next = first_) {
    first_ = next->next;
    if (next->how != nullptr) next->how->destroy(next->content());
    mail_pools::deallocate(next);
  }
  while (subscription* next = subscriptions_) {
    subscriptions_ = next->next_of_page;
    destroy_in(*resources_->subscriptions, next);
  }
}

status page::add_subscription(subscriber_list& to, void* store,
                              const detail::delivery& how) noexcept {
  auto* fresh = make_in<subscription>(*resources_->subscriptions);
  if (fresh == nullptr) return exhausted("subscriptions");
  fresh->subscriber = this;
  fresh->store = store;
  fresh->how = &how;
  fresh->next_of_page = subscriptions_;
  subscriptions_ = fresh;
  to.add(*fresh);
  return {};
}

void page::send_initial() noexcept {
  sink_->begin_patch();
  json::writer& out = sink_->out();
  out.raw("{\"type\":\"patch\",\"root_id\":\"");
  sink_->write_root_id(out);
  out.raw(
      "\",\"base_version\":0,\"version\":1,\"ops\":[{\"op\":\"replace\",\"path\":\"\",\"value\":");
  write_state(out);
  out.raw("}],\"stream_ops\":[],\"upload_ops\":[],\"events\":[]}");
  sink_->end_patch();
  version_ = 1;
  if (first_ != nullptr || dirty_) sink_->service_wanted();
  ++resources_->counters->patches;
  ++resources_->counters->operations;
}

void page::changed() noexcept {
  dirty_ = true;
  if (version_ != 0) sink_->service_wanted();
}

void page::fail() noexcept {
  if (failed_) return;
  failed_ = true;
  ++resources_->counters->failures;
  sink_->service_wanted();
}

void page::receive(const command_message& message) noexcept {
  if (failed_) return;
  if (busy_ || first_ != nullptr) return enqueue(message);
  run(message);
}

void page::receive(void* store, const void* message, const detail::delivery& how) noexcept {
  if (failed_) return;
  if (!busy_ && first_ == nullptr) {
    return handle(store, message, how);
  }
  mail* copy = waiting_ < resources_->mailbox ? allocate_mail(how.bytes) : nullptr;
  // a store that misses a message would be wrong for good: better to mount it afresh
  if (copy == nullptr) return fail();
  copy->store = store;
  copy->how = &how;
  how.copy(copy->content(), message);
  post(*copy);
}

void page::handle(void* store, const void* message, const detail::delivery& how) noexcept {
  ++resources_->counters->messages;
  busy_ = true;
  const bool handled = how.call(store, message, *this);
  if (!handled) return fail();
  idle();
  changed();  // the cycle comes at the end of the turn, and covers all messages until then
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
  if (first_ != nullptr) sink_->service_wanted();
}

void page::after_message() noexcept {
  dirty_ = true;
  if (sink_->writable()) {
    cycle();
  } else {
    sink_->service_wanted();
  }
}

void page::cycle() noexcept {
  dirty_ = false;
  ++resources_->counters->renders;
  envelope changes(*sink_, version_);
  if (!render_changes(changes)) return fail();
  if (!changes.finish()) return;
  ++version_;
  ++resources_->counters->patches;
  resources_->counters->operations += changes.count();
}

void page::service() noexcept {
  if (failed_) return;
  if (!sink_->writable()) return;
  if (drained_ != nullptr) drained_->notify();
  while (!busy_ && !failed_ && first_ != nullptr && sink_->writable()) take_next();
  if (dirty_ && !busy_ && !failed_ && sink_->writable()) cycle();
}

mail* page::allocate_mail(std::size_t content_bytes) noexcept {
  void* memory = resources_->mail->allocate(sizeof(mail) + content_bytes);
  return memory == nullptr ? nullptr : new (memory) mail;
}

void page::post(mail& waiting) noexcept {
  (first_ == nullptr ? first_ : last_->next) = &waiting;
  last_ = &waiting;
  ++waiting_;
}

void page::enqueue(const command_message& message) noexcept {
  const std::string_view parts[] = {message.ref, message.name, message.store_id, message.payload};
  std::size_t bytes = 0;
  for (const std::string_view part : parts) bytes += part.size();
  if (waiting_ >= resources_->mailbox) return refuse_exhausted(message.ref, "mailbox");
  mail* copy = allocate_mail(bytes);
  if (copy == nullptr) return refuse_exhausted(message.ref, "mail");
  char* at = reinterpret_cast<char*>(copy->content());
  std::string_view* const copies[] = {&copy->command.ref, &copy->command.name,
                                      &copy->command.store_id, &copy->command.payload};
  for (std::size_t i = 0; i < 4; ++i) {
    std::memcpy(at, parts[i].data(), parts[i].size());
    *copies[i] = {at, parts[i].size()};
    at += parts[i].size();
  }
  post(*copy);
}

void page::take_next() noexcept {
  mail* next = first_;
  first_ = next->next;
  --waiting_;
  if (next->how == nullptr) {
    run(next->command);
  } else {
    handle(next->store, next->content(), *next->how);
    next->how->destroy(next->content());
  }
  mail_pools::deallocate(next);
}

void page::refuse(std::string_view ref, const status& why) noexcept {
  if (why.code() == errc::exhausted) return refuse_exhausted(ref, why.reason());
  ++resources_->counters->commands_refused;
  sink_->begin_reply(ref, false);
  json::writer& out = sink_->out();
  out.raw("{\"reason\":");
  out.string(why.reason());
  if (!why.field().empty()) {
    out.raw(",\"field\":");
    out.string(why.field());
  }
  out.raw('}');
  sink_->end_reply();
}

void page::refuse(std::string_view ref, std::string_view reason) noexcept {
  ++resources_->counters->commands_refused;
  sink_->begin_reply(ref, false);
  sink_->out().raw("{\"reason\":");
  sink_->out().string(reason);
  sink_->out().raw('}');
  sink_->end_reply();
}

void page::refuse(std::string_view ref, const decode_error& why) noexcept {
  ++resources_->counters->commands_refused;
  sink_->begin_reply(ref, false);
  json::writer& out = sink_->out();
  out.raw("{\"reason\":\"invalid payload\",\"field\":\"");
  why.write_field(out);
  out.raw("\",\"expected\":");
  out.string(why.expected());
  out.raw('}');
  sink_->end_reply();
}

void page::refuse_exhausted(std::string_view ref, std::string_view pool) noexcept {
  ++resources_->counters->commands_refused;
  sink_->begin_reply(ref, false);
  json::writer& out = sink_->out();
  out.raw("{\"reason\":\"exhausted\",\"pool\":");
  out.string(pool);
  out.raw('}');
  sink_->end_reply();
}

}  // namespace musubi
