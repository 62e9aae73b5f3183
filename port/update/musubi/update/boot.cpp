#include <array>

#include <musubi/update/boot.hpp>
#include <musubi/update/internal/little_endian.hpp>

namespace musubi::update {

namespace {

// A record: magic, sequence number, the three parts of the state, a CRC of these. 32 bytes are a
// multiple of every unit that flash is written in.
constexpr std::uint32_t record_magic = 0x5242554D;  // "MUBR"
constexpr std::size_t record_bytes = 32;
constexpr std::size_t checked_bytes = 28;
using raw_record = std::array<std::byte, record_bytes>;

/// CRC-32 (IEEE 802.3).
std::uint32_t crc_of(const raw_record& record) noexcept {
  std::uint32_t crc = 0xFFFFFFFF;
  for (std::size_t i = 0; i < checked_bytes; ++i) {
    crc ^= std::to_integer<std::uint32_t>(record[i]);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1)));
  }
  return ~crc;
}

struct numbered_state {
  std::uint32_t sequence;
  boot_state state;
};

std::optional<numbered_state> read_record(flash& in, std::uint32_t at) noexcept {
  raw_record record;
  if (!in.read(at, record) || read_number(record.data()) != record_magic ||
      read_number(&record[checked_bytes]) != crc_of(record)) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t index) { return std::to_integer<std::uint8_t>(record[index]); };
  return numbered_state{read_number(&record[4]),
                        {static_cast<std::uint8_t>(part(8) & 1), static_cast<candidate>(part(9)),
                         static_cast<outcome>(part(10))}};
}

}  // namespace

bool boot_records::load() noexcept {
  const std::array found{read_record(*flash_, layout_->records[0]),
                         read_record(*flash_, layout_->records[1])};
  if (!found[0] && !found[1]) return false;
  newer_ = found[1] && (!found[0] || found[1]->sequence > found[0]->sequence) ? 1 : 0;
  sequence_ = found[newer_]->sequence;
  state_ = found[newer_]->state;
  return true;
}

bool boot_records::save(const boot_state& next) noexcept {
  raw_record record{};
  write_number(record.data(), record_magic);
  write_number(&record[4], sequence_ + 1);
  record[8] = static_cast<std::byte>(next.confirmed);
  record[9] = static_cast<std::byte>(next.other);
  record[10] = static_cast<std::byte>(next.last);
  write_number(&record[checked_bytes], crc_of(record));

  const auto older = static_cast<std::uint8_t>(1 - newer_);
  const std::uint32_t at = layout_->records[older];
  if (!flash_->erase(at) || !flash_->program(at, record)) return false;
  const std::optional<numbered_state> written = read_record(*flash_, at);
  if (!written || written->sequence != sequence_ + 1) return false;
  newer_ = older;
  ++sequence_;
  state_ = next;
  return true;
}

std::optional<boot_choice> choose_slot(flash& in, const flash_layout& layout) noexcept {
  boot_records records(in, layout);
  const bool first_start = !records.load();
  const boot_state state = records.state();
  const auto starting = [&](std::uint8_t slot) -> std::optional<boot_choice> {
    const result<image_info> image = whole_image(in, layout, slot);
    if (!image.ok()) return std::nullopt;
    return boot_choice{slot, *image};
  };

  if (state.other == candidate::pending) {
    const auto fresh = starting(state.other_slot());
    // An image that cannot be recorded as tried is not started: it might be tried for ever.
    if (fresh && records.save({state.confirmed, candidate::tried, state.last})) return fresh;
    if (!fresh) (void)records.save({state.confirmed, candidate::none, outcome::damaged});
  } else if (state.other == candidate::tried) {
    (void)records.save({state.confirmed, candidate::none, outcome::rolled_back});
  }

  auto chosen = starting(state.confirmed);
  if (chosen && first_start) (void)records.save({});
  if (!chosen) {
    chosen = starting(state.other_slot());
    if (chosen) (void)records.save({chosen->slot, candidate::none, records.state().last});
  }
  return chosen;
}

}  // namespace musubi::update
