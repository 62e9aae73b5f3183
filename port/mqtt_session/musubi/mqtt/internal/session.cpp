#include <algorithm>
#include <cstring>
#include <new>

#include <musubi/memory/fnv1a.hpp>
#include <musubi/mqtt/internal/session.hpp>

namespace musubi::mqtt {

namespace {

std::uint64_t hash_of(std::string_view topic, std::string_view payload) noexcept {
  fnv1a both(topic);
  both.add("\n");
  both.add(payload);
  return both.hash();
}

constexpr std::uint32_t of_message = 0x8000'0000;  // an id that is not the place of a value
constexpr duration between_reports = std::chrono::minutes(1);

}  // namespace

reason problem_of(const options& chosen) noexcept {
  if (const auto wrong = chosen.limits.violation(); !wrong.empty()) {
    return reason::clipped("link_limits: ", wrong);
  }
  if (chosen.host.empty()) return "the broker has no address";
  if (chosen.user.empty() && !chosen.password.empty()) return "there is a password without a user";
  if (chosen.will.topic.size() > topic_text::capacity) return "the topic of the will is too long";
  if (chosen.will.offline.size() > chosen.limits.payload_bytes ||
      chosen.will.online.size() > chosen.limits.payload_bytes) {
    return "the will is longer than link_limits::payload_bytes";
  }
  return {};
}

reason misfit_of(const decode_error& error) noexcept {
  reason made;
  char room[96];
  json::buffer_output field(room, sizeof room);
  json::writer out(field);
  error.write_field(out);
  const std::string_view colon = field.view().empty() ? "" : ": ";
  return reason::clipped(field.view(), colon, "expected ", error.expected());
}

bool level_of(std::string_view json, level_text& into) noexcept {
  if (json.size() >= 2 && json.front() == '"') {
    json = slice(json, 1, json.size() - 2);
    if (json.find('\\') != std::string_view::npos) return false;
  }
  return into.assign(json);
}

void share::hear(void* self, const void* message) noexcept {
  auto& what = *static_cast<share*>(self);
  what.owner->heard(what, message);
}

session::session(const options& chosen, broker& through, std::byte* memory) noexcept
    : options_(chosen), broker_(through) {
  carver from(memory);
  const link_limits& limits = options_.limits;
  const parts made = carve(from, limits);
  const std::size_t text = limits.payload_bytes + json::output::reserve_limit;
  shares_ = {reinterpret_cast<share*>(made.shares), limits.shares};
  values_ = {new (made.values) value[limits.values + 1], limits.values + 1};
  for (std::size_t i = 0; i < values_.size(); ++i) {
    values_[i].bytes = reinterpret_cast<char*>(made.payloads) + i * limits.payload_bytes;
  }
  waiting_ = record_ring({made.waiting, limits.waiting_bytes});
  text_ = {reinterpret_cast<char*>(made.text), text};
  canonical_ = {reinterpret_cast<char*>(made.canonical), text};
  echoes_ = {new (made.echoes) echo[limits.echoes], limits.echoes};
  if (options_.will.topic.empty()) return;
  value& online = values_[0];
  online.used = online.topic.assign(options_.will.topic);
  keep(online, options_.will.online);
}

session::~session() {
  stop();
  for (std::size_t i = 0; i < share_count_; ++i) shares_[i].~share();
}

reason session::add(const share_kind& kind, void* source, std::string_view pattern, direction way,
                    bool retained) noexcept {
  if (share_count_ == shares_.size()) {
    return reason::clipped(pattern, ": more than ", options_.limits.shares,
                           " are shared; raise link_limits::shares");
  }
  auto* const made = new (&shares_[share_count_]) share(*this, kind, source, way, retained);
  if (const auto wrong = made->pattern.assign(pattern, kind.has_field); !wrong.empty()) {
    made->~share();
    return reason::clipped("the topic '", pattern, "' ", wrong);
  }
  ++share_count_;
  return {};
}

void session::start(runtime& host) noexcept {
  loop_ = &host;
  for (share& each : shares_.first(share_count_)) {
    if (!each.sends()) continue;
    subscriber_list* const list = each.kind->subscribers(each.source);
    if (list == nullptr) {
      report(note::misfit, "a shared value has followers on more than max_cores hosts");
      continue;
    }
    list->add(each.ear);
    if (!each.kind->is_watch) continue;
    heard(each, each.source);
    // What others may know better is sent only if the broker has nothing.
    if (each.receives()) {
      for (value& held : values_) {
        if (held.of == &each) held.dirty = false;
      }
    }
  }
  connect();
}

void session::stop() noexcept {
  if (loop_ == nullptr) return;
  loop_ = nullptr;
  timer_.cancel();
  for (share& each : shares_.first(share_count_)) each.ear.unlink();
  broker_.disconnect();
  phase_ = phase::idle;
}

void session::connect() noexcept {
  phase_ = phase::opening;
  loop_->arm_after(timer_, options_.timeout);
  broker_.connect();
}

void session::on_timer() noexcept {
  switch (phase_) {
    case phase::waiting:
      return connect();
    case phase::opening:
      broker_.disconnect();
      return on_lost("the broker did not answer in time");
    case phase::settling:
      return settle();
    case phase::idle:
    case phase::settled:
      return;
  }
}

void session::on_connected() noexcept {
  if (phase_ != phase::opening) return;
  phase_ = phase::settling;
  connected_at_ = loop_->now();
  ++counters_.connections;
  told_.clear();
  for (value& each : values_) {
    each.known = false;
    if (each.used && (each.of == nullptr || !each.of->receives())) each.dirty = true;
  }
  loop_->arm_after(timer_, settling_time);
  publish_state(true, {});
  report(note::connected, options_.host);
  pump();
}

void session::settle() noexcept {
  phase_ = phase::settled;
  for (value& each : values_) {
    if (each.used && !each.known && each.of != nullptr && each.of->sends()) each.dirty = true;
  }
  pump();
}

void session::on_lost(std::string_view why) noexcept {
  if (loop_ == nullptr || phase_ == phase::waiting) return;
  if (is_open()) {
    backoff_.ended(loop_->now() - connected_at_);
    forgive();
    refused_ = suspect();
  }
  phase_ = phase::waiting;
  loop_->arm_after(timer_, backoff_.next(broker_.random()));
  in_flight_ = asked_ = 0;
  for (share& each : shares_.first(share_count_)) each.asked = each.answered = false;
  for (value& each : values_) {
    if (each.in_flight) each.dirty = true;
    each.in_flight = false;
    each.echo_until = {};
  }
  for (auto at = waiting_.begin(); at.left != 0; waiting_.next(at)) {
    reinterpret_cast<waiting*>(waiting_.record(at).data())->in_flight = false;
  }
  for (echo& each : echoes_) each.until = {};
  publish_state(false, why);
  if (told_ == why) return;  // it was said that it is so
  told_ = reason::clipped(why);
  report(note::lost, why);
}

void session::publish_state(bool connected, std::string_view why) noexcept {
  link_state now = state_.get();
  now.refused = reason::clipped(refused_.topic, refused_.why);
  if (now.connected != connected || now.since == 0) now.since = broker_.wall_clock();
  now.connected = connected;
  if (!why.empty()) now.error = reason::clipped(why);
  state_.set(now);
}

// --- out ---

void session::heard(share& what, const void* message) noexcept {
  if (message == delivered_) return;  // it came from the broker
  topic_text topic;
  json::buffer_output payload(text_.data(), text_.size());
  if (!what.kind->encode(message, what.pattern, topic, payload)) {
    ++counters_.dropped_out;
    return report_often(note::dropped, drops_, what.pattern.view(),
                        ": a field cannot be a level of the topic");
  }
  if (payload.failed() || payload.view().size() > options_.limits.payload_bytes) {
    ++counters_.dropped_out;
    return report_often(note::dropped, drops_, topic.view(),
                        ": it is longer than link_limits::payload_bytes");
  }
  if (!what.retained) {
    if (what.sending.now == permission::withheld) {
      ++counters_.dropped_out;
      return;
    }
    enqueue(what, topic, payload.view());
    return pump();
  }
  value* const held = find_or_make(&what, topic);
  if (held == nullptr) {
    ++counters_.dropped_out;
    return report_often(note::dropped, drops_, topic.view(),
                        ": there is no room for it; raise link_limits::values");
  }
  if (held->size != 0 && held->text() == payload.view()) return;  // as it is known
  keep(*held, payload.view());
  held->dirty = true;
  pump();
}

session::value* session::find(std::string_view topic) noexcept {
  for (value& each : values_) {
    if (each.used && each.topic == topic) return &each;
  }
  return nullptr;
}

session::value* session::find_or_make(share* of, std::string_view topic) noexcept {
  if (value* const known = find(topic)) return known;
  for (value& each : values_.subspan(1)) {  // the first is that of the will
    if (each.used) continue;
    each.used = each.topic.assign(topic);
    each.of = of;
    return each.used ? &each : nullptr;
  }
  return nullptr;
}

void session::keep(value& into, std::string_view text) const noexcept {
  into.size =
      static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), options_.limits.payload_bytes));
  std::memcpy(into.bytes, text.data(), into.size);
}

void session::enqueue(share& of, std::string_view topic, std::string_view payload) noexcept {
  const std::size_t bytes = sizeof(waiting) + topic.size() + payload.size();
  std::byte* room = waiting_.push(bytes);
  while (room == nullptr) {  // the limits have room for the longest
    drop_oldest();
    room = waiting_.push(bytes);
  }
  auto* const head = new (room) waiting{.id = of_message | ++ids_,
                                        .topic_bytes = static_cast<std::uint32_t>(topic.size()),
                                        .of = &of,
                                        .in_flight = false,
                                        .done = false};
  auto* const text = reinterpret_cast<char*>(head + 1);
  std::memcpy(text, topic.data(), topic.size());
  std::memcpy(text + topic.size(), payload.data(), payload.size());
}

void session::drop_oldest() noexcept {
  const auto* const oldest = reinterpret_cast<waiting*>(waiting_.front().data());
  if (oldest->in_flight) --in_flight_;
  if (!oldest->done && !oldest->in_flight) {
    ++counters_.dropped_out;
    report_often(note::dropped, drops_,
                 "messages of topics wait for the broker: link_limits::waiting_bytes are used up");
  }
  waiting_.pop();
}

session::waiting* session::next_unsent(permission which, std::string_view& topic,
                                       std::string_view& payload) noexcept {
  for (auto at = waiting_.begin(); at.left != 0; waiting_.next(at)) {
    const auto record = waiting_.record(at);
    auto* const head = reinterpret_cast<waiting*>(record.data());
    if (head->in_flight || head->done || head->of->sending.now != which) continue;
    const auto* const text = reinterpret_cast<const char*>(head + 1);
    topic = {text, head->topic_bytes};
    payload = {text + head->topic_bytes, record.size() - sizeof(waiting) - head->topic_bytes};
    return head;
  }
  return nullptr;
}

bool session::send_value(value& which) noexcept {
  const bool is_mute = lacks_echo(which);
  const auto id = static_cast<std::uint32_t>(&which - values_.data());
  if (!broker_.publish(id, which.topic, which.text(), true)) return false;
  which.dirty = false;
  which.in_flight = true;
  which.known = true;
  if (which.of != nullptr && which.of->receives()) which.echo_until = loop_->now() + echo_time;
  ++in_flight_;
  if (is_mute) {  // last, for the state may be shared itself
    refuse_and_show(
        which.sending,
        {which.topic, ": the broker does not send it back: may it be written and read?"});
  }
  return true;
}

void session::pump() noexcept {
  if (!is_open() || is_trying_) return;
  send_all(permission::assumed);
  if (unanswered() != 0) return;
  interrupted_ = 0;
  careful_ = false;
  send_all(permission::doubted);
  is_trying_ = unanswered() != 0;
}

void session::send_all(permission which) noexcept {
  if (subscribe_all(which) && send_values(which)) send_messages(which);
}

bool session::subscribe_all(permission which) noexcept {
  for (std::uint32_t i = 0; i < share_count_; ++i) {
    share& next = shares_[i];
    if (!next.receives() || next.asked || next.receiving.now != which) continue;
    if (is_alone(which) && unanswered() != 0) return false;
    if (!broker_.subscribe(i, next.pattern.filter())) return false;
    next.asked = true;
    ++asked_;
  }
  return true;
}

bool session::send_values(permission which) noexcept {
  for (value& each : values_) {
    if (!each.used || !each.dirty || each.in_flight || each.sending.now != which) continue;
    if (!has_turn(which) || !send_value(each)) return false;
  }
  return true;
}

void session::send_messages(permission which) noexcept {
  while (has_turn(which)) {
    std::string_view topic;
    std::string_view payload;
    waiting* const next = next_unsent(which, topic, payload);
    if (next == nullptr || !broker_.publish(next->id, topic, payload, false)) return;
    next->in_flight = true;
    ++in_flight_;
    if (next->of->receives()) expect_echo(topic, payload);
  }
}

void session::on_sent(std::uint32_t id) noexcept {
  if (!is_open()) return;
  if ((id & of_message) != 0) {
    message_sent(id);
  } else if (id < values_.size() && values_[id].in_flight) {
    value& which = values_[id];
    which.in_flight = false;
    answered(which.sending);
    // so late that a value which is not back yet tells nothing
    if (loop_->now() >= which.echo_until) which.echo_until = {};
    --in_flight_;
    ++counters_.sent;
  }
  pump();
}

void session::message_sent(std::uint32_t id) noexcept {
  for (auto at = waiting_.begin(); at.left != 0; waiting_.next(at)) {
    auto* const head = reinterpret_cast<waiting*>(waiting_.record(at).data());
    if (head->id != id) continue;
    if (head->in_flight) --in_flight_;
    head->in_flight = false;
    head->done = true;
    answered(head->of->sending);
    ++counters_.sent;
    break;
  }
  while (!waiting_.empty() && reinterpret_cast<waiting*>(waiting_.front().data())->done) {
    waiting_.pop();
  }
}

// --- in ---

void session::on_message(std::string_view topic, std::string_view payload) noexcept {
  if (!is_open()) return;
  for (share& each : shares_.first(share_count_)) {
    if (each.receives() && each.pattern.matches(topic)) take(each, topic, payload);
  }
}

void session::take(share& into, std::string_view topic, std::string_view payload) noexcept {
  if (payload.empty()) return;  // the broker was told to forget the value
  value* held = nullptr;
  if (into.retained && into.sends()) {
    held = find(topic);
    if (held != nullptr && held->of == &into) {
      const bool expected = loop_->now() < held->echo_until;
      if (expected && payload == held->text()) {  // our own came back
        echo_arrived(*held);
        ++counters_.echoes;
        return;
      }
      if (held->dirty || held->in_flight || expected) {  // ours will be the latest
        ++counters_.superseded;
        return;
      }
    }
  } else if (into.sends() && is_echo(topic, payload)) {
    ++counters_.echoes;
    return;
  }
  arrival now{this, &into, held, topic, {canonical_.data(), canonical_.size()}};
  const receiver told{&now.canonical, &now, [](void* owner, const void* message) noexcept {
                        auto& arrived = *static_cast<arrival*>(owner);
                        arrived.self->keep_received(arrived);
                        arrived.self->delivered_ = arrived.into->kind->is_watch ? nullptr : message;
                      }};
  reason why;
  const bool taken = into.kind->take(into.source, into.pattern, topic, payload, told, why);
  delivered_ = nullptr;
  if (!taken) {
    ++counters_.misfits;
    return report_often(note::misfit, misfits_, topic, reason::clipped(": ", why));
  }
  ++counters_.received;
  if (!why.empty()) report_often(note::dropped, drops_, topic, reason::clipped(": ", why));
}

void session::keep_received(arrival& now) noexcept {
  if (!now.into->retained || !now.into->sends()) return;
  const std::string_view text = now.canonical.view();
  if (now.canonical.failed() || text.size() > options_.limits.payload_bytes) return;
  if (now.held == nullptr) now.held = find_or_make(now.into, now.topic);
  if (now.held == nullptr) return;  // it is taken, but not sent to a broker that loses it
  keep(*now.held, text);
  now.held->known = true;
}

void session::expect_echo(std::string_view topic, std::string_view payload) noexcept {
  echoes_[next_echo_] = {hash_of(topic, payload), loop_->now() + echo_time};
  next_echo_ = (next_echo_ + 1) % echoes_.size();
}

bool session::is_echo(std::string_view topic, std::string_view payload) noexcept {
  const std::uint64_t hash = hash_of(topic, payload);
  for (echo& each : echoes_) {
    if (each.hash != hash || loop_->now() >= each.until) continue;
    each.until = {};
    return true;
  }
  return false;
}

void session::on_dropped(std::uint32_t messages) noexcept {
  counters_.dropped_in += messages;
  report_often(note::dropped, drops_,
               "messages came faster than this program takes them: "
               "link_limits::received_bytes are used up");
}

void session::report_often(note what, repeated& times, std::string_view text,
                           std::string_view more) noexcept {
  ++times.count;
  const time_point now = loop_ == nullptr ? time_point{} : loop_->now();
  if (times.told && now - times.since < between_reports) return;
  auto line = musubi::text<320>::clipped(text, more);
  if (times.count > 1) line = musubi::text<320>::clipped(line, " (", times.count, " in all)");
  times = {0, true, now};
  report(what, line);
}

}  // namespace musubi::mqtt
