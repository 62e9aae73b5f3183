#pragma once
/// The responder of this machine.

#include <memory>

#include <musubi/mdns/internal/responder.hpp>

namespace musubi::mdns {

/// The connection to Avahi; null, with `why`, if there can be none.
[[nodiscard]] std::unique_ptr<responder> make_responder(reason& why);

}  // namespace musubi::mdns
