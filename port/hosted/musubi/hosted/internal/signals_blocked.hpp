#pragma once
/// Keeps signals away from threads of the library.

#if __has_include(<pthread.h>)
#include <csignal>
#include <pthread.h>
#endif

namespace musubi::hosted {

/// While it exists, new threads start with all signals blocked, so that the program's other threads
/// receive them.
class signals_blocked {
 public:
  signals_blocked() noexcept {
#if __has_include(<pthread.h>)
    sigset_t all;
    sigfillset(&all);
    (void)::pthread_sigmask(SIG_SETMASK, &all, &before_);
#endif
  }
  signals_blocked(const signals_blocked&) = delete;
  signals_blocked& operator=(const signals_blocked&) = delete;
  ~signals_blocked() {
#if __has_include(<pthread.h>)
    (void)::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
#endif
  }

#if __has_include(<pthread.h>)
 private:
  sigset_t before_;
#endif
};

}  // namespace musubi::hosted
