#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {

namespace {

void write_ref(json::writer& out, ref value) noexcept {
  if (!value) return out.raw("null");
  out.string(*value);
}

}  // namespace

void begin_message(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   std::string_view event) noexcept {
  out.raw('[');
  write_ref(out, join_ref);
  out.raw(',');
  write_ref(out, message_ref);
  out.raw(',');
  out.string(topic);
  out.raw(",\"");
  out.raw(event);
  out.raw("\",");
}

void begin_reply(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                 reply_status status) noexcept {
  begin_message(out, join_ref, message_ref, topic, "phx_reply");
  out.raw(status == reply_status::ok ? std::string_view("{\"status\":\"ok\",\"response\":")
                                     : std::string_view("{\"status\":\"error\",\"response\":"));
}

void write_refusal(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   std::string_view reason) noexcept {
  begin_reply(out, join_ref, message_ref, topic, reply_status::error);
  out.raw("{\"reason\":");
  out.string(reason);
  out.raw('}');
  end_reply(out);
}

void write_ok(json::writer& out, ref join_ref, ref message_ref, std::string_view topic) noexcept {
  begin_reply(out, join_ref, message_ref, topic, reply_status::ok);
  out.raw("{}");
  end_reply(out);
}

}  // namespace musubi::phoenix
