#include "stores/visitor.hpp"

#include "socket.hpp"

namespace conformance {

visitor::State visitor::render(const musubi::context& context) const {
  const auto& socket = context.socket<conformance_socket>();
  return {socket.current_user, socket.auth_token, socket.theme, socket.joined_topic};
}

}  // namespace conformance
