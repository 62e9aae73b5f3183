#pragma once
/// The address of a broker, as people write it.

#include <string_view>

#include <musubi/hosted/option.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::mqtt {

/// Reads `mqtt://broker.local`, `mqtt://192.0.2.7:1883` or `mqtts://broker.example` into `host`, a
/// view of `url`, `port` and `tls`; or returns what is wrong with it, to follow the name of an
/// option. A user and a password in it are refused, because
/// everybody on the machine can read a command line.
[[nodiscard]] program::complaint read_broker_url(std::string_view url, options& into) noexcept;

}  // namespace musubi::mqtt
