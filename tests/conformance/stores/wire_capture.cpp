// What the stores of the captures take from the socket that mounts them.
#include "socket.hpp"

namespace conformance {

musubi::status alpha_root_store::mount(const Params& params, musubi::context& context) {
  state = {params.room_id, context.socket<conformance_socket>().current_user};
  return {};
}

musubi::status beta_root_store::mount(const Params& params, musubi::context& context) {
  state = {params.label, context.socket<conformance_socket>().current_user};
  return {};
}

}  // namespace conformance
