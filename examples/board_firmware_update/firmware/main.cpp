/// Firmware that replaces itself.

#include "inspector.hpp"
#include "memory_map.hpp"
#include "simulated_flash.hpp"
#include "updates.hpp"

#include <lwipopts.h>
#include <new>
#include <string_view>

#include <musubi/board/cortex_m/cortex_m.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/serial.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/lwip/host.hpp>

#if defined(BOARD_TLS)
#include "certificate.hpp"

#include <musubi/mbedtls/front.hpp>
#endif

namespace {

constexpr musubi::limits sizes{.connections = BOARD_CONNECTIONS,
                               .requests = BOARD_REQUESTS,
                               .pages = BOARD_CONNECTIONS,
                               .channels = 4,
                               .subscriptions = BOARD_CONNECTIONS,
                               .uploads = BOARD_CONNECTIONS,
                               .uploads_per_page = 2,
                               .read_bytes = 4096,
                               .read_buffers = BOARD_REQUESTS,
                               .message_bytes = 3840,  // with the bytes of a chunk
                               .large_messages = 0,
                               .decode_bytes = 1024,
                               .topic_bytes = 96,
                               .transmit_bytes = 2048,
                               .backlog_block_bytes = 128,
                               .backlog_blocks = 32,
                               .backlog_bytes = 2048,
                               .outgoing_blocks = 16,
                               .outgoing_per_page = 8,
                               .mailbox = 4,
                               .mail = {{{256, 4}, {0, 0}, {0, 0}}},
                               .frames = {{{128, 2}, {192, 2}, {0, 0}, {0, 0}}},
                               .posts = {}};

using firmware = musubi::lwip::host<update_socket, sizes>;

board::machine hardware;
board::simulated_flash chip;
alignas(firmware) std::byte firmware_memory[sizeof(firmware)];
#if defined(BOARD_TLS)
using tls_front = musubi::mbedtls::front<sizes>;
alignas(tls_front) std::byte tls_memory[sizeof(tls_front)];
#endif

/// Whose images it takes: made by scripts/sign-firmware public.
constexpr musubi::update::public_key maker{
#include "public_key.inc"
};

firmware* serving = nullptr;

/// Ends `run`, which tells the browsers: they come back at once, and not after a time-out.
void restart() {
  serving->stop();
}

/// The slot that the first stage has started.
std::uint8_t started_slot() {
  return static_cast<std::uint8_t>(board::at(board::map::started_slot) - board::map::slot_mark) & 1;
}

}  // namespace

musubi::update::slot_installer updates(
    chip, {.layout = board::map::layout,
           .terms = {.key = maker, .product = "Musubi MPS2", .oldest = 1},
           .trial = {.within = std::chrono::seconds(30)},
           .restart = &restart});

namespace {

/// With BOARD_TLS it serves https and wss.
firmware& make_host(std::string_view build) {
#if defined(BOARD_TLS)
  auto& secure =
      *new (tls_memory) tls_front({.certificate = server_certificate, .key = server_key});
  return *new (firmware_memory)
      firmware(hardware, {.port = 443, .serve = {.build = build}}, secure);
#else
  return *new (firmware_memory) firmware(hardware, {.serve = {.build = build}});
#endif
}

/// A function of its own, so that the stack it uses is free again when the host runs.
[[gnu::noinline]] firmware* set_up() {
  hardware.start();
  const musubi::status started = updates.start(started_slot());
  // a page that has been loaded from another build loads itself again
  static const auto build = updates.state().get().build;
  firmware& host = make_host(build);
  serving = &host;
  if (!started.ok() || !host.problem().empty()) return nullptr;
  host.assets(inspector);
  if (!host.spawn(updates.supervise()).ok()) return nullptr;
  board::serial::write("ready\n");
  return &host;
}

}  // namespace

int main() {
  firmware* const host = set_up();
  if (host == nullptr) return 1;
  host->run();
  for (;;) board::core::aircr() = board::core::reset_request;
}
