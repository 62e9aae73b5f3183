#include "stores/pulse.hpp"

#include <musubi/async/sleep.hpp>

namespace conformance {

musubi::task<> pulse::run(musubi::duration interval) {
  for (std::uint32_t beat = 1;; ++beat) {
    (void)beats.publish(beat);
    co_await musubi::sleep(interval);
  }
}

}  // namespace conformance
