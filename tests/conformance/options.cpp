#include "options.hpp"

#include <charconv>
#include <chrono>

namespace conformance {
namespace {

constexpr std::string_view usage =
    "usage: conformance_server [--name value]...\n"
    "  --port NUMBER               0 for any; the one it got is printed\n"
    "  --cores NUMBER              hosts, one thread each\n"
    "  --connections NUMBER        WebSockets at once\n"
    "  --handshakes NUMBER         HTTP requests at once\n"
    "  --pages NUMBER              mounted roots at once\n"
    "  --share-by-peer 0|1         whether one address has no more than its share of all\n"
    "  --message-bytes NUMBER      the largest message\n"
    "  --idle-timeout MS           without a byte from the client\n"
    "  --handler-timeout MS        for one handler\n"
    "  --beat MS                   between two beats of Conformance.Stores.Pulse\n"
    "  --build TEXT                told to every page that joins\n";

[[noreturn]] void give_up() {
  std::fwrite(usage.data(), 1, usage.size(), stderr);
  std::exit(2);
}

bool take(std::string_view name, unsigned value, options& into) {
  musubi::limits& limits = into.limits;
  if (name == "--port") {
    into.port = static_cast<std::uint16_t>(value);
  } else if (name == "--cores") {
    into.cores = value;
  } else if (name == "--connections") {
    limits.connections = value;
  } else if (name == "--handshakes") {
    limits.handshakes = value;
  } else if (name == "--share-by-peer") {
    into.share_by_peer = value != 0;
  } else if (name == "--pages") {
    limits.pages = value;
  } else if (name == "--message-bytes") {
    limits.message_bytes = value;
  } else if (name == "--idle-timeout") {
    limits.idle_timeout = std::chrono::milliseconds(value);
  } else if (name == "--handler-timeout") {
    limits.handler_timeout = std::chrono::milliseconds(value);
  } else if (name == "--beat") {
    into.beat = value;
  } else {
    return false;
  }
  return true;
}

}  // namespace

options parse(int count, char** arguments) {
  options made;
  for (int i = 1; i < count; i += 2) {
    const std::string_view name = arguments[i];
    if (i + 1 == count) give_up();
    const std::string_view text = arguments[i + 1];
    if (name == "--build") {
      made.build = text;
      continue;
    }
    unsigned value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool number = wrong == std::errc() && end == text.data() + text.size();
    if (!number || !take(name, value, made)) give_up();
  }
  return made;
}

}  // namespace conformance
