#pragma once
/// A server's messages in Phoenix's serializer v2 (contract section 1.2).

#include <string_view>

#include <musubi/json/internal/claimed.hpp>
#include <musubi/json/internal/refusal.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/phoenix/ref.hpp>

namespace musubi::phoenix {

/// The status of a reply.
enum class reply_status : bool { ok, error };

/// Writes `[join_ref,ref,"topic","event",`; the payload follows, then `end_message`. `event` must
/// not need escapes.
void begin_message(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   const char* event) noexcept;
/// The same without a ref, where join_ref and topic need no escape.
inline void begin_push(json::writer& out, std::string_view join_ref, std::string_view topic,
                       const char* name) noexcept {
  constexpr std::size_t around = 20;  // brackets, commas, quotes, null
  const std::string_view event(name);
  json::claimed to(out.to(), around + join_ref.size() + topic.size() + event.size());
  if (!to) return begin_message(out, join_ref, std::nullopt, topic, name);
  to.raw("[\"");
  to.raw(join_ref);
  to.raw("\",null,\"");
  to.raw(topic);
  to.raw("\",\"");
  to.raw(event);
  to.raw("\",");
  to.commit();
}
/// A string that is written as it is, without an escape.
[[nodiscard]] bool stands_as_it_is(std::string_view text) noexcept;
inline void end_message(json::writer& out) noexcept {
  out.raw(']');
}

/// Writes a reply up to its response, which follows, then `end_reply`.
void begin_reply(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                 reply_status status) noexcept;
/// The same, with the address as its request spelt it (`frame::head`).
void begin_reply(json::writer& out, std::string_view head, reply_status status) noexcept;
inline void end_reply(json::writer& out) noexcept {
  out.raw("}]");
}

/// Writes a complete reply with status error.
void write_refusal(json::writer& out, ref join_ref, ref message_ref, std::string_view topic,
                   const refusal& why) noexcept;

/// Writes a complete reply `{}` with status ok.
void write_ok(json::writer& out, ref join_ref, ref message_ref, std::string_view topic) noexcept;

}  // namespace musubi::phoenix
