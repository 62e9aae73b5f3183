/// What a session makes of a broker that does not allow something.

#include <utility>

#include <musubi/mqtt/internal/session.hpp>

namespace musubi::mqtt {

namespace {

constexpr std::uint8_t most_granted = 2;  // of QoS; the rest refuse (SUBACK of MQTT 3.1.1)

}  // namespace

void session::on_subscribed(std::uint32_t id, std::uint8_t granted) noexcept {
  if (!is_open() || id >= share_count_) return;
  share& which = shares_[id];
  if (!which.asked || which.answered) return;
  which.answered = true;
  --asked_;
  answered(which.receiving);
  const std::string_view topic = which.pattern.view();
  if (granted > most_granted) {
    which.receiving.now = permission::denied;
    refuse_and_show(which.receiving, {topic, ": the broker refuses the subscription"});
  } else if (granted == 0) {
    tell(which.receiving, {topic, ": the broker grants QoS 0 only, so messages may be lost"});
  } else {
    which.receiving.told = nullptr;
  }
  pump();
}

void session::answered(standing& of) noexcept {
  of.allow();
  if (suspected_ == &of) suspected_ = nullptr;
  is_trying_ = false;  // what is tried is alone
}

void session::tell(standing& of, const refusal& what) noexcept {
  if (std::exchange(of.told, what.why.data()) == what.why.data()) return;
  report(note::refused, reason::clipped(what.topic, what.why));
}

void session::refuse(standing& of, const refusal& what) noexcept {
  ++counters_.refused;
  tell(of, what);
}

void session::refuse_and_show(standing& of, const refusal& what) noexcept {
  refuse(of, what);
  if (!refused_.topic.empty()) return;
  refused_ = what;
  publish_state(true, {});
}

// --- brokers that end the connection ---

void session::forgive() noexcept {
  for (share& each : shares_.first(share_count_)) {
    each.receiving.forgive();
    each.sending.forgive();
  }
  for (value& each : values_) each.sending.forgive();
  is_trying_ = false;
}

session::question session::only_question() noexcept {
  if (unanswered() != 1) return {};
  for (share& each : shares_.first(share_count_)) {
    if (each.asked && !each.answered) {
      return {&each.receiving, nullptr, each.pattern.view(), true};
    }
  }
  for (value& each : values_) {
    if (each.in_flight) return {&each.sending, nullptr, each.topic, false};
  }
  for (auto at = waiting_.begin(); at.left != 0; waiting_.next(at)) {
    const auto& head = *reinterpret_cast<const waiting*>(waiting_.record(at).data());
    if (head.in_flight) return {&head.of->sending, head.of, head.of->pattern.view(), false};
  }
  return {};
}

session::refusal session::suspect() noexcept {
  interrupted_ = unanswered() == 0 ? 0 : interrupted_ + 1;
  careful_ = interrupted_ >= losses_until_careful;
  const question open = only_question();
  if (open.of == nullptr) return {};
  if (suspected_ != open.of) losses_ = 0;
  suspected_ = open.of;
  ++losses_;
  if (open.of->now != permission::doubted && losses_ < losses_until_withheld) return {};
  interrupted_ = 0;
  careful_ = false;
  suspected_ = nullptr;
  withhold(open);
  const refusal found{open.topic, open.is_subscription
                                      ? ": the broker ends the connection over the subscription"
                                      : ": the broker ends the connection when it is sent"};
  refuse(*open.of, found);
  return found;
}

void session::withhold(const question& which) noexcept {
  which.of->now = permission::withheld;
  if (which.messages == nullptr) return;
  for (auto at = waiting_.begin(); at.left != 0; waiting_.next(at)) {
    auto& head = *reinterpret_cast<waiting*>(waiting_.record(at).data());
    if (head.of != which.messages || head.done) continue;
    head.in_flight = false;
    head.done = true;
    ++counters_.dropped_out;
  }
}

// --- brokers that drop a message, and say that they have it ---

bool session::lacks_echo(const value& which) const noexcept {
  if (which.echo_until == time_point{} || loop_->now() < which.echo_until) return false;
  return which.of->answered && which.of->receiving.now == permission::assumed;
}

void session::echo_arrived(value& which) noexcept {
  which.echo_until = {};
  if (std::exchange(which.sending.told, nullptr) == nullptr) return;
  if (refused_.topic.data() != which.topic.view().data()) return;
  refused_ = {};
  publish_state(true, {});
}

}  // namespace musubi::mqtt
