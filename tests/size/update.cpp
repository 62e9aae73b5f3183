// size: firmware updates: their store with its upload, two slots, signatures (ECDSA P-256)
// than: counter
#include "probe.hpp"

#include <musubi/update/firmware_update.hpp>
#include <musubi/update/slot_installer.hpp>

namespace {

constexpr musubi::limits sizes = [] {
  musubi::limits made = probe::sizes;
  made.uploads = BOARD_CONNECTIONS;
  made.uploads_per_page = 2;
  return made;
}();

/// As little as a driver could be.
class some_flash final : public musubi::update::flash {
 public:
  [[nodiscard]] std::uint32_t sector_bytes() const noexcept override { return 1024; }
  [[nodiscard]] std::uint32_t write_bytes() const noexcept override { return 4; }
  [[nodiscard]] bool erase(std::uint32_t at) noexcept override {
    controller = at;
    return controller != 0;
  }
  [[nodiscard]] bool program(std::uint32_t at, std::span<const std::byte> bytes) noexcept override {
    controller = at + static_cast<std::uint32_t>(bytes.size());
    return controller != 0;
  }
  [[nodiscard]] bool read(std::uint32_t at, std::span<std::byte> into) noexcept override {
    controller = at;
    for (std::byte& each : into) each = static_cast<std::byte>(controller);
    return true;
  }

 private:
  volatile std::uint32_t controller = 0;
};

some_flash chip;
volatile bool restarting = false;

}  // namespace

musubi::update::slot_installer updates(
    chip, {.layout = {.slots = {0x20000, 0x30000}, .slot_bytes = 0x10000, .records = {0, 0x400}},
           .terms = {.key = {1, 2, 3}, .product = "probe", .oldest = 1},
           .restart = [] { restarting = true; }});

musubi::task<> supervise() {
  return updates.supervise();
}

int main() {
  if (!updates.start(0).ok()) return 1;
  probe::serve_beside<sizes, supervise, probe::counter<probe::number_only>,
                      musubi::update::firmware_update<updates>>();
}
