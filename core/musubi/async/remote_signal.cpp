#include <musubi/async/remote_signal.hpp>

#if !defined(MUSUBI_SINGLE_THREADED)
#include <thread>
#endif

namespace musubi {

void remote_signal::leave_host() noexcept {
  runtime* const host = host_.exchange(nullptr);
  while (raising_.load() != 0) {  // a short wait, because raising only posts
#if !defined(MUSUBI_SINGLE_THREADED)
    std::this_thread::yield();
#endif
  }
  if (left_ != nullptr) left_(*this, *host);
}

}  // namespace musubi
