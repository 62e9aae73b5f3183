#include <algorithm>

#include <musubi/update/updater.hpp>

namespace musubi::update {

status updater::begin(std::uint64_t bytes) noexcept {
  if (busy_) return refuse("another image is being received");
  const candidate other = records_->state().other;
  if (other == candidate::pending) {
    return refuse("an image waits for the restart: restart, or cancel it");
  }
  if (other == candidate::tried) return refuse("the running image is not confirmed yet");
  if (bytes > layout_->slot_bytes) return refuse("the image is larger than a slot");
  if (bytes <= header_bytes) return refuse("this file is no firmware image");
  expected_ = static_cast<std::uint32_t>(bytes);
  received_ = 0;
  hash_.restart();
  busy_ = true;
  return {};
}

status updater::write(std::uint64_t at, std::span<const std::byte> bytes) noexcept {
  if (!busy_) return refuse("no image is being received");
  if (at != received_) return stop(refuse("a part of the image is missing, or came twice"));
  if (bytes.size() > expected_ - received_) {
    return stop(refuse("the image is longer than announced"));
  }
  while (!bytes.empty()) {
    const std::size_t filled = received_ % page_.size();
    const std::size_t taken = std::min(bytes.size(), page_.size() - filled);
    std::copy_n(bytes.data(), taken, page_.data() + filled);
    bytes = bytes.last(bytes.size() - taken);
    received_ += static_cast<std::uint32_t>(taken);
    if (filled + taken == page_.size()) {
      if (const status taking = take_page(); !taking.ok()) return stop(taking);
    }
  }
  return {};
}

/// A page is full.
status updater::take_page() noexcept {
  if (received_ == header_bytes) {
    if (const status checked = check_header(); !checked.ok()) return checked;
  } else {
    hash_.add(page_);
  }
  return write_page(page_.size());
}

status updater::check_header() noexcept {
  const result<image_info> read = read_header(page_);
  if (!read.ok()) return read.error();
  if (read->payload_bytes != expected_ - header_bytes) {
    return refuse("the file is not as long as the header of the image says");
  }
  if (!is_signed(raw_header(page_), terms_->key)) {
    return refuse("the signature of the image is wrong");
  }
  if (read->product != terms_->product) return refuse("the image is for another product");
  if (read->version < terms_->oldest) {
    return refuse("the image is older than this device allows");
  }
  wanted_ = read->hash;
  return {};
}

/// Writes the first bytes of the page, which end at `received_`.
status updater::write_page(std::size_t bytes) noexcept {
  const std::uint32_t unit = flash_->write_bytes();
  const std::size_t padded = (bytes + unit - 1) / unit * unit;
  std::fill(page_.begin() + static_cast<std::ptrdiff_t>(bytes),
            page_.begin() + static_cast<std::ptrdiff_t>(padded), std::byte{0xFF});
  const std::uint32_t offset = received_ - static_cast<std::uint32_t>(bytes);
  const std::uint32_t at = layout_->slots[records_->state().other_slot()] + offset;

  const std::uint32_t sector = flash_->sector_bytes();
  std::uint32_t next = (offset + sector - 1) / sector * sector;  // the first that begins here
  for (; next < offset + padded; next += sector) {
    if (!flash_->erase(at - offset + next)) return refuse("the flash could not be erased");
  }
  if (!flash_->program(at, std::span(page_).first(padded))) {
    return refuse("the flash could not be written");
  }
  std::array<std::byte, 32> back;
  for (std::size_t i = 0; i < padded; i += back.size()) {
    const auto part = std::span(back).first(std::min(back.size(), padded - i));
    if (!flash_->read(at + static_cast<std::uint32_t>(i), part) ||
        !std::equal(part.begin(), part.end(), page_.begin() + static_cast<std::ptrdiff_t>(i))) {
      return refuse("the flash does not hold what was written");
    }
  }
  return {};
}

status updater::finish() noexcept {
  if (!busy_) return refuse("no image is being received");
  if (received_ != expected_) return stop(refuse("the image ends too early"));
  if (const std::size_t rest = received_ % page_.size(); rest != 0) {
    hash_.add(std::span(page_).first(rest));
    if (const status written = write_page(rest); !written.ok()) return stop(written);
  }
  if (hash_.digest() != wanted_) return stop(refuse("the image is damaged: its hash is wrong"));
  const boot_state& now = records_->state();
  if (!records_->save({now.confirmed, candidate::pending, now.last})) {
    return stop(refuse("the flash could not be written"));
  }
  busy_ = false;
  return {};
}

}  // namespace musubi::update
