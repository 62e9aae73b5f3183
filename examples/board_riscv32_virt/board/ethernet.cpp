/// virtio's network device, behind registers in memory (4.2 and 5.1 of its specification 1.1).

#include "registers.hpp"

#include <atomic>
#include <cstddef>
#include <lwip/pbuf.h>

#include <musubi/board/hardware.hpp>

namespace board::ethernet {

namespace {

constexpr std::size_t most_frame = 1514;
constexpr std::size_t header_bytes =
    12;                               // before each frame; all zero: the device does nothing more
constexpr std::uint16_t buffers = 8;  // of each queue; a power of two

struct descriptor {
  std::uint64_t address;
  std::uint32_t bytes;
  std::uint16_t flags;
  std::uint16_t next;
};
constexpr std::uint16_t device_writes = 2;  // of descriptor::flags

/// What the driver offers, and the device has used. Their counts are free-running.
struct offered_ring {
  std::uint16_t flags;
  std::uint16_t count;
  std::uint16_t buffer[buffers];
};
constexpr std::uint16_t no_interrupt = 1;  // of offered_ring::flags
struct used_ring {
  std::uint16_t flags;
  std::uint16_t count;
  struct {
    std::uint32_t buffer;
    std::uint32_t bytes;
  } entry[buffers];
};

struct queue {
  alignas(16) descriptor descriptors[buffers];
  alignas(4) volatile offered_ring offered;
  alignas(4) volatile used_ring used;
  std::byte memory[buffers][header_bytes + most_frame];
  std::uint16_t seen;  // of used.count
};

queue receiving;     // number 0
queue transmitting;  // number 1

/// What was written before is seen by the device before what is written next, and so for reading.
void fence() noexcept {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

void set_address(std::uint32_t to, const volatile void* what) noexcept {
  at(to) = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(what));
  at(to + 4) = 0;
}

void set_up(queue& made, std::uint32_t number, std::uint16_t flags, std::uint32_t bytes) noexcept {
  for (std::uint16_t i = 0; i < buffers; ++i) {
    made.descriptors[i] = {reinterpret_cast<std::uintptr_t>(made.memory[i]), bytes, flags, 0};
  }
  at(virtio::queue) = number;
  at(virtio::queue_size) = buffers;
  set_address(virtio::queue_descriptors, made.descriptors);
  set_address(virtio::queue_offered, &made.offered);
  set_address(virtio::queue_used, &made.used);
  at(virtio::queue_ready) = 1;
}

void offer(queue& to, std::uint32_t number, std::uint16_t buffer) noexcept {
  const std::uint16_t count = to.offered.count;
  to.offered.buffer[count % buffers] = buffer;
  fence();
  to.offered.count = static_cast<std::uint16_t>(count + 1);
  fence();
  at(virtio::queue_notify) = number;
}

}  // namespace

void start(const std::uint8_t (&)[6]) noexcept {  // it takes frames for any address
  at(virtio::status) = 0;                         // resets it
  at(virtio::status) = virtio::acknowledged | virtio::has_driver;
  at(virtio::driver_features_word) = 0;
  at(virtio::driver_features) = 0;
  at(virtio::driver_features_word) = 1;
  at(virtio::driver_features) = virtio::version_1;
  constexpr std::uint32_t agreed =
      virtio::acknowledged | virtio::has_driver | virtio::features_agreed;
  at(virtio::status) = agreed;
  set_up(receiving, 0, device_writes, header_bytes + most_frame);
  set_up(transmitting, 1, 0, 0);
  receiving.offered.flags = no_interrupt;
  transmitting.offered.flags = no_interrupt;  // send looks for itself
  at(virtio::status) = agreed | virtio::runs;
  for (std::uint16_t i = 0; i < buffers; ++i) offer(receiving, 0, i);
}

bool send(const pbuf& frame) noexcept {
  queue& out = transmitting;
  constexpr std::uint32_t patience = 10'000;
  for (std::uint32_t tries = 0;
       static_cast<std::uint16_t>(out.offered.count - out.used.count) == buffers; ++tries) {
    if (tries == patience) return false;
  }
  fence();
  if (frame.tot_len > most_frame) return false;
  const std::uint16_t buffer = out.offered.count % buffers;  // the device is done with the oldest
  (void)pbuf_copy_partial(&frame, out.memory[buffer] + header_bytes, frame.tot_len, 0);
  out.descriptors[buffer].bytes = header_bytes + frame.tot_len;
  offer(out, 1, buffer);
  return true;
}

bool waiting() noexcept {
  return receiving.used.count != receiving.seen;
}

pbuf* receive() noexcept {
  fence();
  auto& entry = receiving.used.entry[receiving.seen++ % buffers];
  const auto buffer = static_cast<std::uint16_t>(entry.buffer);
  const std::uint32_t bytes = entry.bytes;
  pbuf* frame = nullptr;
  if (bytes > header_bytes) {
    const auto length = static_cast<u16_t>(bytes - header_bytes);
    frame = pbuf_alloc(PBUF_RAW, length, PBUF_POOL);
    if (frame != nullptr) {
      (void)pbuf_take(frame, receiving.memory[buffer] + header_bytes, length);
    }
  }
  offer(receiving, 0, buffer);
  return frame;
}

void listen() noexcept {
  receiving.offered.flags = 0;
  fence();
}

void hush() noexcept {
  receiving.offered.flags = no_interrupt;
  at(virtio::interrupt_ack) = at(virtio::interrupt_status);
}

}  // namespace board::ethernet
