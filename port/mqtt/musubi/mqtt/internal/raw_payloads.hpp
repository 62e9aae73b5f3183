#pragma once
/// Payloads that a link does not make of a struct: documents that are written when they are sent,
/// JSON that is passed on, and the words of Home Assistant.

#include <cstdint>
#include <string_view>

#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/schema/codec.hpp>
#include <musubi/store/internal/subscription.hpp>

namespace musubi::mqtt {

/// What a bridge publishes.
enum class document : std::uint8_t { discovery, state };

class document_writer {
 public:
  virtual void write(document which, json::writer& out) const noexcept = 0;

 protected:
  ~document_writer() = default;
};

/// A document that is to be sent now. Takes no memory for its text.
class written_document {
 public:
  written_document() noexcept {}
  written_document(const document_writer& by, document which) noexcept : by_(&by), which_(which) {}
  void write(json::writer& out) const noexcept {
    if (by_ != nullptr) by_->write(which_, out);
  }

 private:
  const document_writer* by_ = nullptr;
  document which_ = document::discovery;
};

/// Shared with a link like a topic.
struct document_source {
  using message_type = written_document;
  [[nodiscard]] subscriber_list* local() noexcept { return &subscribers; }
  bool publish(const written_document& now) noexcept {
    subscribers.deliver(&now);
    return true;
  }
  subscriber_list subscribers;
};

/// One JSON value, as it was sent; a view.
class json_payload {
 public:
  json_payload() noexcept {}
  explicit json_payload(std::string_view text) noexcept : text_(text) {}
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// `online` or `offline`, without quotes.
class birth {
 public:
  birth() noexcept {}
  bool online = false;
};

}  // namespace musubi::mqtt

namespace musubi {

template <>
struct codec<mqtt::written_document> {
  static constexpr std::string_view expected = "nothing";
  static void write(json::writer& out, const mqtt::written_document& now) noexcept {
    now.write(out);
  }
  static bool read(json::reader&, mqtt::written_document&, decode_error& error) noexcept {
    return error.expect(expected);
  }
};
template <>
struct codec<mqtt::json_payload> {
  static constexpr std::string_view expected = "JSON";
  static void write(json::writer& out, const mqtt::json_payload& now) noexcept {
    out.raw(now.text());
  }
  static bool read(json::reader& from, mqtt::json_payload& into, decode_error& error) noexcept {
    into = mqtt::json_payload(from.raw());
    return !into.text().empty() || error.expect(expected);
  }
};
template <>
struct codec<mqtt::birth> {
  static constexpr std::string_view expected = "online or offline";
  static void write(json::writer& out, const mqtt::birth& now) noexcept {
    out.raw(now.online ? std::string_view("online") : "offline");
  }
  static bool read(json::reader& from, mqtt::birth& into, decode_error& error) noexcept {
    into.online = from.exactly("online");
    return into.online || from.exactly("offline") || error.expect(expected);
  }
};

}  // namespace musubi
