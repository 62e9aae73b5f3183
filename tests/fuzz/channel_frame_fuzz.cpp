/// Feeds arbitrary bytes to the readers of channel frames and of what their payloads carry. What is
/// read lies within the input, and says the same when it is echoed.

#include <cstdint>
#include <cstdlib>
#include <string>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/phoenix/message.hpp>
#include <musubi/store/command/internal/command_message.hpp>

namespace {

namespace phoenix = musubi::phoenix;

void require(bool invariant) {
  if (!invariant) std::abort();
}

bool within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// A reply that echoes the frame is a frame, and names the same.
void require_echo(const phoenix::frame& read) {
  std::string room(1024 + 6 * (read.topic.size() + (read.join_ref ? read.join_ref->size() : 0) +
                               (read.ref ? read.ref->size() : 0)),
                   ' ');
  musubi::json::buffer_output buffer(room.data(), room.size());
  musubi::json::writer out(buffer);
  phoenix::write_ok(out, read.join_ref, read.ref, read.topic);
  require(!buffer.failed());
  std::string text(buffer.view());
  phoenix::frame echo;
  require(phoenix::read_text(text, echo) && echo.expected_payload.empty());
  require(echo.join_ref == read.join_ref && echo.ref == read.ref && echo.topic == read.topic);
}

/// Read again from its text alone, of which nothing was noted, the command is the same.
void require_same(std::string text, musubi::command_message::outcome outcome,
                  const musubi::command_message& command, const musubi::decode_error& error) {
  musubi::command_message other;
  musubi::decode_error other_error;
  require(musubi::command_message::read(text, other, other_error) == outcome);
  require(other.name == command.name && other.store_id == command.store_id &&
          other.payload == command.payload && other_error.expected() == error.expected());
}

void check_command(const phoenix::frame& read) {
  const std::string_view text = read.text();
  const std::string before(text);  // the name is decoded in place
  musubi::command_message command;
  musubi::decode_error error;
  const auto outcome = musubi::command_message::read(read.payload, read.parts, command, error);
  require_same(before, outcome, command, error);
  switch (outcome) {
    case musubi::command_message::outcome::ok:
      require(!command.name.empty() && within(command.name, text));
      require(musubi::json::well_formed(command.payload) && command.payload.front() == '{');
      require(musubi::json::well_formed(command.store_id) && command.store_id.front() == '[');
      return;
    case musubi::command_message::outcome::missing_field:
      return;
    case musubi::command_message::outcome::invalid_payload:
      require(!error.expected().empty());
  }
}

/// White space before it makes a frame go the general way, which has to read the same.
void require_same_frame(std::string_view input, bool ok, const phoenix::frame& read) {
  std::string text = " " + std::string(input);
  phoenix::frame other;
  require(phoenix::read_text(text, other) == ok);
  if (!ok) return;
  require(other.join_ref == read.join_ref && other.ref == read.ref && other.topic == read.topic &&
          other.event == read.event && other.expected_payload == read.expected_payload);
  require(!read.expected_payload.empty() || other.text() == read.text());
}

void check_text(std::string_view input) {
  if (!musubi::net::is_utf8(input)) return;  // the WebSocket does not let it through
  std::string text(input);
  phoenix::frame read;
  const bool ok = phoenix::read_text(text, read, &musubi::command_message::usual);
  require_same_frame(input, ok, read);
  if (!ok) return;
  require(!read.binary);
  for (const std::string_view part : {read.topic, read.event}) require(within(part, text));
  require_echo(read);
  if (!read.expected_payload.empty()) return;
  require(within(read.text(), text) && musubi::json::well_formed(read.text()));
  if (read.text().front() == '{') check_command(read);
}

void check_binary(std::string_view input) {
  std::string bytes(input);
  phoenix::frame read;
  if (!phoenix::read_binary(std::as_writable_bytes(std::span(bytes)), read)) return;
  require(read.binary && read.join_ref && read.ref);
  require(5 + read.join_ref->size() + read.ref->size() + read.topic.size() + read.event.size() +
              read.payload.size() ==
          bytes.size());
  require(within(read.text(), bytes));
  require_echo(read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_text(input);
  check_binary(input);
  return 0;
}
