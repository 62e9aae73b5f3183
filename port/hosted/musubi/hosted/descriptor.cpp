#include <cerrno>
#include <unistd.h>

#include <musubi/hosted/descriptor.hpp>

namespace musubi::hosted {

void descriptor::reset(int to) noexcept {
  const int owned = std::exchange(value_, to);
  if (owned < 0) return;
  const int error = errno;
  (void)::close(owned);
  errno = error;
}

}  // namespace musubi::hosted
