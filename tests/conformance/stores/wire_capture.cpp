// What the stores of the captures take from the socket that mounts them.
#include "socket.hpp"

#include <charconv>

namespace conformance {

musubi::status alpha_root_store::mount(const Params& params, musubi::context& context) {
  room_id = params.room_id;
  current_user = context.socket<conformance_socket>().current_user;
  return {};
}

musubi::status beta_root_store::mount(const Params& params, musubi::context& context) {
  state = {params.label, context.socket<conformance_socket>().current_user};
  return {};
}

musubi::status stream_root_store::handle(const Seed& command, musubi::context& context) {
  const auto items = context.stream<&State::items>();
  items.reset();
  for (std::int32_t i = 1; i <= command.count; ++i) {
    char digits[12];
    const auto end = std::to_chars(digits, digits + sizeof digits, i).ptr;
    items.insert({*short_text::from({digits, static_cast<std::size_t>(end - digits)})});
  }
  return {};
}

}  // namespace conformance
