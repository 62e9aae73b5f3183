#pragma once
/// The board's metrics on the serial port: current and peak use of every pool.

#include <musubi/async/task.hpp>

namespace musubi {
class host_core;
namespace lwip {
class loop;
}
namespace mbedtls {
class guard;
}
}  // namespace musubi

namespace board {

/// Answers any received byte with all metrics, except that `!` faults, to see what happens then.
/// `secure` is in front of the host, if not null. Never returns; polls the port five times a
/// second.
musubi::task<> answer_serial(musubi::host_core& host, musubi::lwip::loop& events,
                             const musubi::mbedtls::guard* secure = nullptr);

}  // namespace board
