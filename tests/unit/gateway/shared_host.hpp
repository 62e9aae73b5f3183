#pragma once
/// One host for all tests that publish or subscribe: topics remember their hosts for ever.

#include "unit/async/virtual_host.hpp"

#include <musubi/async/offload.hpp>
#include <musubi/async/task_group.hpp>
#include <musubi/hosted/internal/work_queue.hpp>

namespace gateway::test {

inline musubi::test::virtual_host& shared_host() {
  static musubi::test::virtual_host host;
  return host;
}

/// What that host has offloaded: the tests are its threads.
inline musubi::hosted::work_queue& shared_work() {
  static musubi::hosted::work_queue& work = [&]() -> musubi::hosted::work_queue& {
    static musubi::hosted::work_queue made(32);
    shared_host().loop().employ(made);
    return made;
  }();
  return work;
}

/// Runs all that can run without time passing, and does all work.
inline void do_all() {
  shared_host().run();
  while (shared_work().run_next()) shared_host().run();
}

/// Lets time pass; whatever work there is is done at once.
inline void pass(musubi::duration span) {
  const musubi::time_point end = shared_host().now() + span;
  for (;;) {
    do_all();
    const auto next = shared_host().run();
    if (!next || *next > end) break;
    shared_host().run_for(*next - shared_host().now());
  }
  shared_host().run_for(end - shared_host().now());
}

}  // namespace gateway::test
