#include <musubi/json/internal/claimed.hpp>
#include <musubi/json/internal/plain_run.hpp>
#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {

namespace {

void write_ref(json::writer& out, ref value) noexcept {
  if (!value) return out.raw("null");
  out.string(*value);
}

bool put_ref(json::claimed& to, ref value) noexcept {
  if (!value) {
    to.raw("null");
    return true;
  }
  to.raw("\"");
  const bool plain = to.plain(*value);
  to.raw("\"");
  return plain;
}

/// Everything at once; false, with nothing written, when that cannot be done.
bool begin_at_once(json::output& out, ref join_ref, ref message_ref, std::string_view topic,
                   std::string_view event, std::string_view rest) noexcept {
  constexpr std::size_t around = 20;  // brackets, commas, quotes, nulls
  const std::size_t refs =
      (join_ref ? join_ref->size() : 0) + (message_ref ? message_ref->size() : 0);
  json::claimed to(out, around + refs + topic.size() + event.size() + rest.size());
  if (!to) return false;
  to.raw("[");
  if (!put_ref(to, join_ref)) return false;
  to.raw(",");
  if (!put_ref(to, message_ref)) return false;
  to.raw(",\"");
  if (!to.plain(topic)) return false;
  to.raw("\",\"");
  to.raw(event);
  to.raw(rest);
  to.commit();
  return true;
}

/// `event` and `rest` are written one behind the other.
void begin(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
           const char* event, const char* rest) noexcept {
  if (begin_at_once(out.to(), join_ref, message_ref, topic, event, rest)) return;
  out.raw('[');
  write_ref(out, join_ref);
  out.raw(',');
  write_ref(out, message_ref);
  out.raw(',');
  out.string(topic);
  out.raw(std::string_view(",\""));
  out.raw(std::string_view(event));
  out.raw(std::string_view(rest));
}

}  // namespace

void begin_message(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   const char* event) noexcept {
  begin(out, join_ref, message_ref, topic, event, "\",");
}

bool stands_as_it_is(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  return json::plain_end<json::run_of::ascii>(text.data(), end) == end;
}

void begin_reply(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                 reply_status status) noexcept {
  begin(out, join_ref, message_ref, topic, "phx_reply\",{\"status\":\"",
        status == reply_status::ok ? "ok\",\"response\":" : "error\",\"response\":");
}

void begin_reply(json::writer& out, std::string_view head, reply_status status) noexcept {
  out.raw(head);
  if (status == reply_status::ok) return out.raw("\"phx_reply\",{\"status\":\"ok\",\"response\":");
  out.raw("\"phx_reply\",{\"status\":\"error\",\"response\":");
}

void write_refusal(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   const refusal& why) noexcept {
  begin_reply(out, join_ref, message_ref, topic, reply_status::error);
  write(out, why);
  end_reply(out);
}

void write_ok(json::writer& out, ref join_ref, ref message_ref, std::string_view topic) noexcept {
  begin_reply(out, join_ref, message_ref, topic, reply_status::ok);
  out.raw("{}");
  end_reply(out);
}

}  // namespace musubi::phoenix
