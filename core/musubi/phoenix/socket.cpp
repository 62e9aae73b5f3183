#include <musubi/memory/internal/same_text.hpp>
#include <musubi/phoenix/socket.hpp>

namespace musubi::phoenix {

channel* socket::find(std::string_view topic) const noexcept {
  channel* candidate = channels_;
  while (candidate != nullptr && candidate->topic() != topic) candidate = candidate->next_;
  return candidate;
}

std::size_t socket::channel_count() const noexcept {
  std::size_t count = 0;
  for (const channel* each = channels_; each != nullptr; each = each->next_) ++count;
  return count;
}

void socket::remove(const channel& gone) noexcept {
  channel** at = &channels_;
  while (*at != &gone) at = &(*at)->next_;
  *at = gone.next_;
}

void socket::reply_ok(const frame& request, ref join_ref) noexcept {
  write_ok(begin_message(), join_ref, request.ref, request.topic);
  end_message();
}

void socket::refuse(const frame& request, ref join_ref, const refusal& why) noexcept {
  write_refusal(begin_message(), join_ref, request.ref, request.topic, why);
  end_message();
}

// Not inlined, since each refusal has a stack of its own.
[[gnu::noinline]] void socket::refuse_with(const frame& request, ref join_ref,
                                           const char* why) noexcept {
  refuse(request, join_ref, refusal(std::string_view(why)));
}

void socket::unmatched(const frame& request) noexcept {
  refuse_with(request, std::nullopt, "unmatched topic");
}

void socket::end(channel& ending, end_reason why, const char* event) noexcept {
  if (event != nullptr) {
    json::writer& out = begin_message();
    phoenix::begin_message(out, ending.join_ref(), ending.join_ref(), ending.topic(), event);
    out.raw("{}");
    phoenix::end_message(out);
    end_message();
  }
  remove(ending);
  ending.on_end(why);
}

void socket::fail(channel& failed) noexcept {
  end(failed, end_reason::failed, "phx_error");
}

void socket::finish(channel& done, bool joined) noexcept {
  end(done, end_reason::left, joined ? "phx_close" : nullptr);
}

void socket::end_all(end_reason why) noexcept {
  while (channels_ != nullptr) end(*channels_, why, nullptr);
}

void socket::join(const frame& received, channel* joined) noexcept {
  if (joined != nullptr) {
    end(*joined, end_reason::duplicate_join, "phx_close");
  } else if (channel_count() >= most_channels()) {
    return refuse_with(received, received.join_ref, "too many channels joined");
  }
  if (!on_join(received)) unmatched(received);
}

void socket::receive(const frame& received) noexcept {
  if (same_text(received.topic, "phoenix")) {
    if (same_text(received.event, "heartbeat")) return reply_ok(received, std::nullopt);
    return unmatched(received);
  }
  channel* joined = find(received.topic);
  const bool usable = received.expected_payload.empty();
  if (same_text(received.event, "phx_join")) {
    return usable ? join(received, joined) : on_bad_payload(nullptr, received);
  }
  if (joined == nullptr) {
    if (same_text(received.event, "phx_leave")) return reply_ok(received, received.join_ref);
    return unmatched(received);
  }
  // what an earlier join sent is for a root that is gone
  if (received.join_ref && *received.join_ref != joined->join_ref()) return;
  if (same_text(received.event, "phx_leave")) {
    reply_ok(received, joined->join_ref());
    return end(*joined, end_reason::left, "phx_close");
  }
  if (!usable) return on_bad_payload(joined, received);
  joined->on_event(received);
}

}  // namespace musubi::phoenix
