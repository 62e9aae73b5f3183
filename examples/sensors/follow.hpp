#pragma once
/// Asks a sensor again and again, on threads of the port.

#include <chrono>

#include <musubi/async/offload.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task.hpp>

namespace sensors {

/// Calls `read`, which may block, on a thread of the port, then `publish` with its result on the
/// host; again after `pause`. A read that takes longer than `patience` is published as an error
/// every `patience` until it returns, and not asked again meanwhile.
template <class Read, class Publish>
musubi::task<> follow(musubi::duration pause, musubi::duration patience, Read read,
                      Publish publish) {
  for (;;) {
    auto reading = musubi::offload({.within = patience}, read);
    auto found = co_await reading;
    while (reading.is_under_way()) {
      publish(found);
      found = co_await reading;
    }
    publish(found);
    co_await musubi::sleep(pause);
  }
}

}  // namespace sensors
