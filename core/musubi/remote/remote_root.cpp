#include <array>
#include <iterator>

#include <musubi/json/internal/members.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/remote/internal/state_reader.hpp>
#include <musubi/remote/remote_server.hpp>

namespace musubi {

namespace {

constexpr std::string_view topic_head = "musubi:connection:";

/// Pauses before a root that was refused or lost is joined again (contract section 1.5).
constexpr std::array<duration, 4> rejoin_pauses{std::chrono::seconds(1), std::chrono::seconds(2),
                                                std::chrono::seconds(5), std::chrono::seconds(10)};
constexpr duration reopen_pause = std::chrono::seconds(1);

}  // namespace

namespace detail {

remote_reason refusal_in(std::string_view response) noexcept {
  static constexpr std::string_view names[] = {"expected", "field", "code", "error", "reason"};
  std::string_view values[5];
  std::uint32_t twice = 0;
  json::reader from(response);
  if (!json::find_members(from, names, values, twice)) return remote_reason::clipped(response);
  const auto word = [&](std::size_t index) {
    remote_reason text;
    const auto found = json::reader(values[index]).string();
    if (found && found->size() <= remote_reason::capacity) {
      text.resize_and_overwrite(found->size(), [&](char* into) { (void)found->decode(into); });
    }
    return text;
  };
  // of a payload that does not match, the field is what matters
  if (const remote_reason expected = word(0), field = word(1);
      !expected.empty() && !field.empty()) {
    return remote_reason::clipped(field.view(), ": expected ", expected.view());
  }
  for (std::size_t index = 2; index < std::size(names); ++index) {
    if (const remote_reason found = word(index); !found.empty()) return found;
  }
  return remote_reason::clipped(response);
}

remote_reason misfit(const decode_error& error) noexcept {
  char field[64];
  json::buffer_output to(field, sizeof field);
  json::writer out(to);
  error.write_field(out);
  return remote_reason::clipped("the state does not fit its struct: ", to.view(), ": expected ",
                                error.expected());
}

}  // namespace detail

std::string_view to_text(remote_status status) noexcept {
  switch (status) {
    case remote_status::connecting:
      return "connecting";
    case remote_status::live:
      return "live";
    case remote_status::reconnecting:
      return "reconnecting";
    case remote_status::refused:
      return "refused";
  }
  return {};
}

remote_root::remote_root(remote_server& server, std::string_view module, std::string_view id,
                         std::string_view params) noexcept
    : server_(server),
      module_(module),
      id_(id),
      params_(params),
      block_(server.blocks_.allocate()),
      known_({static_cast<char*>(block_), block_ == nullptr ? 0 : server.limits_.state_bytes}) {
  if (block_ == nullptr) {
    why_ = "remote_limits: roots are used up";
    status_ = remote_status::refused;
    return;
  }
  server_.add(*this);
}

remote_root::~remote_root() {
  server_.end_calls(this, "unmounted");
  if (phase_ != phase::away && phase_ != phase::paused) leave();
  unlink();
  if (block_ != nullptr) server_.blocks_.deallocate(block_);
}

std::string_view remote_root::why() const noexcept {
  if (!why_.view().empty() || status_ == remote_status::live) return why_.view();
  return server_.why();
}

bool remote_root::is_topic(std::string_view topic) const noexcept {
  const std::size_t at = topic_head.size() + module_.size();
  return topic.size() == at + 1 + id_.size() && topic.starts_with(topic_head) &&
         slice(topic, topic_head.size(), module_.size()) == module_ && topic[at] == ':' &&
         slice(topic, at + 1) == id_;
}

void remote_root::write_topic(json::writer& out) const noexcept {
  out.raw('"');
  out.raw(topic_head);
  out.characters(module_);
  out.raw(':');
  out.characters(id_);
  out.raw('"');
}

void remote_root::join() noexcept {
  join_ref_ = server_.next_ref();
  const bool sent = server_.push(*this, join_ref_, "phx_join", [this](json::writer& out) noexcept {
    out.raw("{\"module\":");
    out.string(module_);
    out.raw(",\"id\":");
    out.string(id_);
    out.raw(",\"params\":");
    out.raw(params_);
    out.raw('}');
  });
  if (!sent) return pause(reopen_pause);  // no room: what is to be sent before has to leave first
  phase_ = phase::joining;
  server_.loop_.arm_after(timer_, server_.address_.timeout);
}

void remote_root::leave() noexcept {
  if (!server_.connected()) return;
  (void)server_.push(*this, server_.next_ref(), "phx_leave",
                     [](json::writer& out) noexcept { out.raw("{}"); });
}

void remote_root::rejoin_soon() noexcept {
  const time_point now = server_.loop_.now();
  if (reopened_ != time_point::min() && now - reopened_ < reopen_pause) {
    return pause(reopen_pause - (now - reopened_));
  }
  reopened_ = now;
  join();
}

void remote_root::pause(duration span) noexcept {
  phase_ = phase::paused;
  join_ref_ = 0;
  server_.loop_.arm_after(timer_, span);
}

void remote_root::on_timer() noexcept {
  if (!server_.connected()) return;
  if (phase_ == phase::paused) {
    reopened_ = server_.loop_.now();
    return join();
  }
  // no answer, or no first envelope
  leave();
  refused("the join was not answered in time");
}

void remote_root::on_frame(const phoenix::frame& message) noexcept {
  const decimal expected(join_ref_);
  if (join_ref_ == 0) return;  // left, or not joined yet
  if (message.join_ref && *message.join_ref != std::string_view(expected)) return;
  if (!message.expected_payload.empty()) return;
  if (message.event == "patch") return on_patch(message.text());
  if (message.event == "phx_reply") {
    if (message.ref && *message.ref == std::string_view(expected)) on_join_reply(message.text());
    return;
  }
  if (message.event != "phx_error" && message.event != "phx_close") return;
  lost(remote_status::reconnecting, message.event == "phx_error"
                                        ? remote_reason("the store has ended, and is mounted again")
                                        : remote_reason("the server has closed the store"));
  pause(reopen_pause);
}

void remote_root::on_join_reply(std::string_view payload) noexcept {
  if (phase_ != phase::joining) return;
  static constexpr std::string_view names[] = {"status", "response"};
  std::string_view values[2];
  std::uint32_t twice = 0;
  json::reader from(payload);
  (void)json::find_members(from, names, values, twice);
  const auto status = json::reader(values[0]).string();
  server_.answered();
  if (!status || !(*status == "ok")) return refused(detail::refusal_in(values[1]));
  phase_ = phase::joined;  // the first envelope follows, within the same time
}

void remote_root::on_patch(std::string_view payload) noexcept {
  if (phase_ != phase::joined && phase_ != phase::live) return;
  envelope_text envelope;
  if (!read_envelope(payload, envelope)) return;  // nothing that a Musubi server sends
  if (!known_.accepts(envelope)) {
    leave();
    if (phase_ == phase::joined) return refused("the first envelope is not version 1");
    lost(remote_status::reconnecting, "a version is missing: mounted again");
    return rejoin_soon();
  }
  const json::patch_error problem = known_.apply(envelope, server_.tools());
  if (problem != json::patch_error::none) {
    const auto why = remote_reason::clipped("an envelope does not fit: ", json::to_text(problem));
    leave();
    if (phase_ == phase::joined) return refused(why);
    lost(remote_status::reconnecting, why);
    return rejoin_soon();
  }
  phase_ = phase::live;
  refusals_ = 0;
  timer_.cancel();
  why_ = {};
  became(remote_status::live);
  json::reader events(envelope.events);
  (void)events.elements([&]() noexcept {
    static constexpr std::string_view names[] = {"store_id", "name", "payload"};
    std::string_view values[3];
    std::uint32_t twice = 0;
    json::reader event_text(events.raw());
    if (json::find_members(event_text, names, values, twice) && twice == 0) {
      on_event(values[0], values[1], values[2]);
    }
    return events.problem() == json::read_problem::none;
  });
}

void remote_root::lost(remote_status now, const remote_reason& why) noexcept {
  phase_ = phase::away;
  join_ref_ = 0;
  timer_.cancel();
  known_.suspend();
  server_.end_calls(this, "the store has ended");
  why_ = why;
  if (now == remote_status::reconnecting && known_.tree().empty()) now = remote_status::connecting;
  if (now != status_ || now == remote_status::refused) became(now);
}

void remote_root::refused(const remote_reason& why) noexcept {
  lost(remote_status::refused, why);
  const std::size_t last = rejoin_pauses.size() - 1;
  pause(rejoin_pauses[refusals_ < last ? refusals_ : last]);
  if (refusals_ < last) ++refusals_;
}

void remote_root::became(remote_status now) noexcept {
  status_ = now;
  ++changes_;
  on_change();
  changed_.notify();
}

bool remote_call::send(remote_root& to, std::string_view name, std::string_view payload,
                       std::string_view store_id) noexcept {
  remote_server& server = to.server_;
  to_ = &to;
  outcome_ = remote_outcome::not_live;
  if (to.phase_ != remote_root::phase::live || !server.connected()) return false;
  outcome_ = remote_outcome::exhausted;
  limit_ = "calls";
  if (server.calls_under_way() >= server.limits_.calls) return false;
  limit_ = "outgoing_bytes";
  ref_ = server.next_ref();
  if (!server.push(to, ref_, "command", [&](json::writer& out) noexcept {
        out.raw("{\"store_id\":");
        out.raw(store_id);
        out.raw(",\"name\":");
        out.string(name);
        out.raw(",\"payload\":");
        out.raw(payload);
        out.raw('}');
      })) {
    return false;
  }
  server.calls_.push_back(*this);
  server.loop_.arm_after(late_, server.address_.timeout);
  return true;
}

void remote_call::on_late() noexcept {
  unlink();
  outcome_ = remote_outcome::timed_out;
  finished("the command was not answered in time");
}

}  // namespace musubi
