#include "stores/board.hpp"

#include "socket.hpp"

namespace conformance {

musubi::status board::handle(const Post& command, musubi::context& context) {
  if (command.text.empty()) return musubi::refuse("nothing to post", "text");
  if (!posted.publish({context.socket<conformance_socket>().current_user, command.text})) {
    return musubi::exhausted("topic");
  }
  return {};
}

}  // namespace conformance
