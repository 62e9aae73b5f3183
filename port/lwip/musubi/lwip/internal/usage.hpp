#pragma once
/// What is known of lwIP's memory, to share it fairly between streams.
///
/// lwIP's statistics say it exactly. Where it is built without them, the port counts what its
/// streams take, and it cannot know how much of the heap is left: `tcp_write` fails when it is used
/// up, and is tried again.

#include <cstddef>
#include <limits>
#include <lwip/priv/tcp_priv.h>
#include <lwip/stats.h>

namespace musubi::lwip {

/// Of one of lwIP's memories: how much is in use, and how much there is.
struct usage {
  std::size_t used;
  std::size_t all;
};

/// False where the C library's heap, or pools, take the place of lwIP's.
inline constexpr bool heap_is_known = MEM_STATS && !MEM_LIBC_MALLOC && !MEM_USE_POOLS;

/// The free bytes of lwIP's heap, or as many as there can be where that is not known.
inline std::size_t free_heap() noexcept {
#if MEM_STATS && !MEM_LIBC_MALLOC && !MEM_USE_POOLS
  return static_cast<std::size_t>(lwip_stats.mem.avail - lwip_stats.mem.used);
#else
  return std::numeric_limits<std::size_t>::max();
#endif
}

#if MEMP_STATS && !MEMP_MEM_MALLOC

inline usage usage_of(memp_t pool) noexcept {
  return {lwip_stats.memp[pool]->used, lwip_stats.memp[pool]->avail};
}
inline usage connections() noexcept {
  return usage_of(MEMP_TCP_PCB);
}
inline usage segments() noexcept {
  return usage_of(MEMP_TCP_SEG);
}
template <class Streams>
usage buffers(Streams&) noexcept {
  return usage_of(MEMP_PBUF_POOL);
}

#else

/// Without those that wait for the end of TIME-WAIT, which give way.
inline usage connections() noexcept {
  std::size_t used = 0;
  for (const tcp_pcb* each = tcp_active_pcbs; each != nullptr; each = each->next) ++used;
  return {used, MEMP_NUM_TCP_PCB};
}
/// At most: a segment has a buffer, or several.
inline usage segments() noexcept {
  std::size_t used = 0;
  for (const tcp_pcb* each = tcp_active_pcbs; each != nullptr; each = each->next) {
    used += tcp_sndqueuelen(each);
  }
  return {used, MEMP_NUM_TCP_SEG};
}
/// The receive buffers that `streams` hold.
template <class Streams>
usage buffers(Streams& streams) noexcept {
  std::size_t used = 0;
  for (const auto& each : streams) used += each.buffers();
  return {used, PBUF_POOL_SIZE};
}

#endif

}  // namespace musubi::lwip
