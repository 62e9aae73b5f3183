#pragma once
/// What a link knows about a watched value or topic that it shares.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/mqtt/internal/permission.hpp>
#include <musubi/mqtt/internal/topic_pattern.hpp>
#include <musubi/mqtt/link_state.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/decode_error.hpp>
#include <musubi/store/internal/subscription.hpp>

namespace musubi::mqtt {

/// Who is told of a received value before it is set or published.
struct receiver {
  json::output* canonical;
  void* owner;
  void (*ready)(void* owner, const void* message) noexcept;
};

/// What can be done with a shared `T`, independent of it. `from` and `source` are pointers to the
/// watch or the topic; `message` is a `const T*`, or the watch.
struct share_kind {
  subscriber_list* (*subscribers)(void* source) noexcept;
  bool (*has_field)(std::string_view name) noexcept;
  /// Writes the topic and the payload of a message. False if the topic cannot be made.
  bool (*encode)(const void* message, const topic_pattern& pattern, topic_text& topic,
                 json::output& payload) noexcept;
  /// Sets the watch, or publishes on the topic, what `payload` holds. Before, it writes it as
  /// `encode` does to `into.canonical` and calls `into.ready`. False if it does not fit, with the
  /// reason.
  bool (*take)(void* source, const topic_pattern& pattern, std::string_view topic,
               std::string_view payload, const receiver& into, reason& why) noexcept;
  bool is_watch;
};

[[nodiscard]] reason misfit_of(const decode_error& error) noexcept;
/// The text of a field as a level of a topic: what its JSON is, without the quotes of a string.
[[nodiscard]] bool level_of(std::string_view json, level_text& into) noexcept;

namespace detail {

template <class T>
bool has_field(std::string_view name) noexcept {
  if constexpr (musubi::detail::record<T>) {
    return musubi::detail::index_of_name<T>(name) != musubi::detail::field_count<T>();
  } else {
    return false;
  }
}

template <class T>
bool write_level(const T& message, std::string_view name, level_text& into) noexcept {
  if constexpr (musubi::detail::record<T>) {
    char room[level_text::capacity + json::output::reserve_limit];
    json::buffer_output text(room, sizeof room);
    json::writer out(text);
    const auto fields = musubi::detail::tie_fields(message);
    const std::size_t wanted = musubi::detail::index_of_name<T>(name);
    [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      ((I == wanted ? musubi::detail::write_field(out, musubi::detail::field_at<I>(fields),
                                                  musubi::detail::field_names<T>[I])
                    : void()),
       ...);
    }
    (std::make_index_sequence<musubi::detail::field_count<T>()>{});
    return !text.failed() && level_of(text.view(), into);
  } else {
    return false;
  }
}

template <class T>
bool topic_of(const T& message, const topic_pattern& pattern, topic_text& topic) noexcept {
  return pattern.fill(topic, [&](std::string_view name, level_text& into) noexcept {
    return write_level(message, name, into);
  });
}

template <class T>
bool encode(const T& message, const topic_pattern& pattern, topic_text& topic,
            json::output& payload) noexcept {
  if (!topic_of(message, pattern, topic)) return false;
  json::writer out(payload);
  codec<T>::write(out, message);
  return true;
}

template <class T>
bool decode(const topic_pattern& pattern, std::string_view topic, std::string_view payload, T& into,
            reason& why) noexcept {
  decode_error error;
  json::reader from(payload);
  if (!codec<T>::read(from, into, error)) {
    why = misfit_of(error);
    return false;
  }
  if (!from.finished()) {
    why = "more follows after the value";
    return false;
  }
  topic_text own;
  if (!topic_of(into, pattern, own) || own != topic) {
    why = "its fields belong to another topic";
    return false;
  }
  return true;
}

template <class Watch>
struct watch_kind {
  using T = typename Watch::value_type;
  static subscriber_list* subscribers(void* source) noexcept {
    return static_cast<Watch*>(source)->followers();
  }
  static bool encode(const void* message, const topic_pattern& pattern, topic_text& topic,
                     json::output& payload) noexcept {
    return detail::encode<T>(static_cast<const Watch*>(message)->get(), pattern, topic, payload);
  }
  static bool take(void* source, const topic_pattern& pattern, std::string_view topic,
                   std::string_view payload, const receiver& into, reason& why) noexcept {
    T value{};
    if (!decode(pattern, topic, payload, value, why)) return false;
    json::writer out(*into.canonical);
    codec<T>::write(out, value);
    into.ready(into.owner, source);
    static_cast<Watch*>(source)->set(value);
    return true;
  }
  static constexpr share_kind kind{&subscribers, &has_field<T>, &encode, &take, true};
};

template <class Topic>
struct topic_kind {
  using T = typename Topic::message_type;
  static subscriber_list* subscribers(void* source) noexcept {
    return static_cast<Topic*>(source)->local();
  }
  static bool encode(const void* message, const topic_pattern& pattern, topic_text& topic,
                     json::output& payload) noexcept {
    return detail::encode<T>(*static_cast<const T*>(message), pattern, topic, payload);
  }
  static bool take(void* source, const topic_pattern& pattern, std::string_view topic,
                   std::string_view payload, const receiver& into, reason& why) noexcept {
    T message{};
    if (!decode(pattern, topic, payload, message, why)) return false;
    json::writer out(*into.canonical);
    codec<T>::write(out, message);
    into.ready(into.owner, &message);
    if (!static_cast<Topic*>(source)->publish(message)) {
      why = "a host of this program has no room for it in its pool posts";
    }
    return true;
  }
  static constexpr share_kind kind{&subscribers, &has_field<T>, &encode, &take, false};
};

template <class Source>
constexpr const share_kind& kind_of() noexcept {
  if constexpr (musubi::detail::is_watch<Source>) {
    return watch_kind<Source>::kind;
  } else {
    static_assert(musubi::detail::is_topic<Source>, "a link shares watches and topics");
    return topic_kind<Source>::kind;
  }
}

}  // namespace detail

/// Which way messages go.
enum class direction : std::uint8_t { both, out, in };

class session;

/// A watched value or a topic that is shared.
struct share {
  share(session& of, const share_kind& what, void* from, direction goes, bool keeps) noexcept
      : owner(&of),
        kind(&what),
        source(from),
        way(goes),
        retained(keeps),
        ear(this, &share::hear, from) {}
  static void hear(void* self, const void* message) noexcept;
  [[nodiscard]] bool sends() const noexcept { return way != direction::in; }
  [[nodiscard]] bool receives() const noexcept { return way != direction::out; }

  session* owner;
  const share_kind* kind;
  void* source;
  topic_pattern pattern;
  direction way;
  bool retained;          ///< the broker keeps the latest of each topic
  bool asked = false;     ///< the broker was asked for it, on this connection
  bool answered = false;  ///< and has answered
  standing receiving;
  standing sending;  ///< of messages; each retained value has its own
  direct_subscription ear;
};

}  // namespace musubi::mqtt
