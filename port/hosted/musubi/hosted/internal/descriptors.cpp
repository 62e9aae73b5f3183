#include <algorithm>

#include <musubi/hosted/internal/descriptors.hpp>

#if __has_include(<sys/resource.h>) && !defined(ESP_PLATFORM) && !defined(__ZEPHYR__)
#include <sys/resource.h>
#define MUSUBI_HOSTED_RLIMIT
#endif

namespace musubi::hosted {

std::uint64_t allow_descriptors(std::uint64_t needed) noexcept {
#if defined(MUSUBI_HOSTED_RLIMIT)
  rlimit set{};
  if (::getrlimit(RLIMIT_NOFILE, &set) != 0 || set.rlim_cur == RLIM_INFINITY) return needed;
  if (set.rlim_cur < needed) {
    const rlimit before = set;
    // rlim_t may have 32 bits; RLIM_INFINITY is its greatest value
    set.rlim_cur = static_cast<rlim_t>(std::min<std::uint64_t>(needed, set.rlim_max));
    if (::setrlimit(RLIMIT_NOFILE, &set) != 0) set = before;
  }
  return set.rlim_cur;
#else
  return needed;
#endif
}

}  // namespace musubi::hosted
