#include <cstddef>

#include <musubi/net/websocket/internal/breach.hpp>

namespace musubi::net::websocket {

namespace {
constexpr std::string_view breaches =
    "1002 reserved bit set\n"
    "1002 reserved opcode\n"
    "1002 fragmented control\n"
    "1002 unmasked frame\n"
    "1002 control frame too long\n"
    "1002 impossible length\n"
    "1002 length not minimal\n"
    "1002 continuation of no message\n"
    "1002 message inside a message\n"
    "1009 message too big\n"
    "1007 text is not UTF-8\n"
    "1011 frame decoder failed\n"
    "1002 close code cut short\n"
    "1002 invalid close code\n"
    "1007 close reason is not UTF-8\n";
static_assert(lines_of(breaches) == static_cast<std::size_t>(breach::reason_not_utf8));
}  // namespace

table_line line_of(breach why) noexcept {
  return line_at(reasons<breaches>, static_cast<std::size_t>(why) - 1);
}

}  // namespace musubi::net::websocket
