/// Feeds arbitrary bytes to the readers of channel frames. What is read lies within the input, says
/// what the input says, and can be echoed as it is.

#include <cstdint>
#include <cstdlib>
#include <string>

#include <musubi/json/output.hpp>
#include <musubi/json/reader.hpp>
#include <musubi/page/command_message.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/phoenix/message.hpp>

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
  std::string room(1024 + 2 * read.topic.size() + (read.join_ref ? read.join_ref->size() : 0) +
                       (read.ref ? read.ref->size() : 0),
                   ' ');
  musubi::json::buffer_output buffer(room.data(), room.size());
  musubi::json::writer out(buffer);
  phoenix::write_ok(out, read.join_ref, read.ref, read.topic);
  phoenix::frame echo;
  require(phoenix::read_text(buffer.view(), echo));
  require(echo.join_ref == read.join_ref && echo.ref == read.ref && echo.topic == read.topic);
}

void check_text(std::string_view text) {
  phoenix::frame read;
  const bool is_frame = phoenix::read_text(text, read);
  if (!is_frame) return;
  require(!read.binary && musubi::json::well_formed(read.payload));
  for (const std::string_view part : {read.topic, read.event, read.payload}) {
    require(within(part, text));
  }
  require_echo(read);
  if (read.payload.front() != '{') return;
  musubi::command_message command;
  std::string_view error;
  if (musubi::command_message::read(read.payload, command, error)) {
    require(!command.name.empty() && musubi::json::well_formed(command.payload) &&
            musubi::json::well_formed(command.store_id));
    require(within(command.name, read.payload));
  } else {
    require(error == "missing required field");
  }
}

void check_binary(std::span<const std::byte> bytes) {
  phoenix::frame read;
  if (!phoenix::read_binary(bytes, read)) return;
  const std::string_view whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  require(read.binary && read.join_ref && read.ref);
  require(5 + read.join_ref->size() + read.ref->size() + read.topic.size() + read.event.size() +
              read.payload.size() ==
          whole.size());
  require(within(read.payload, whole));
  require_echo(read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  check_text({reinterpret_cast<const char*>(data), size});
  check_binary(bytes);
  return 0;
}
