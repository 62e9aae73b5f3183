#pragma once
/// What the board tells about itself over the serial port: how much of every pool is and was in
/// use.

#include <musubi/async/task.hpp>

namespace musubi {
class host_core;
namespace lwip {
class loop;
}
}  // namespace musubi

namespace board {

/// Answers any byte with all metrics. Runs for ever; looks at the port five times a second.
musubi::task<> answer_serial(musubi::host_core& host, musubi::lwip::loop& events);

}  // namespace board
