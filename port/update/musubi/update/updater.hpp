#pragma once
/// Writes an image to the slot that does not run.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/update/boot.hpp>
#include <musubi/update/flash.hpp>
#include <musubi/update/image.hpp>

namespace musubi::update {

/// Which images a device takes.
struct image_terms {
  public_key key;            ///< of who may sign them
  std::string_view product;  ///< what their header must say; a literal
  std::uint32_t oldest = 0;  ///< the least version: what is older is refused
};

/// Takes an image in pieces, in order:
///
///     begin(bytes) ── write(0, …) ── write(n, …) ── … ── finish()       or abandon(), at any time
///
/// The first 256 bytes are the header. It is checked, with its signature, before a single sector is
/// erased. `finish` compares the payload's hash, and marks the image as pending. Until then the
/// state of the device is as it was. The slot whose image runs, and the confirmed image, are never
/// touched. Errors are sentences for people; after one, only `begin` is allowed.
class updater {
 public:
  /// All must outlive it. The layout's sizes and addresses must be multiples of those of the flash.
  updater(flash& into, const flash_layout& layout, const image_terms& terms,
          boot_records& records) noexcept
      : flash_(&into), layout_(&layout), terms_(&terms), records_(&records) {}

  /// An image of so many bytes, header included.
  [[nodiscard]] status begin(std::uint64_t bytes) noexcept;
  /// The bytes at offset `at` of the image: each piece begins where the one before ended.
  [[nodiscard]] status write(std::uint64_t at, std::span<const std::byte> bytes) noexcept;
  /// All bytes have been written.
  [[nodiscard]] status finish() noexcept;
  /// Forgets an image that is not finished.
  void abandon() noexcept { busy_ = false; }

  [[nodiscard]] bool busy() const noexcept { return busy_; }
  [[nodiscard]] std::uint32_t expected() const noexcept { return expected_; }
  [[nodiscard]] std::uint32_t received() const noexcept { return received_; }

 private:
  [[nodiscard]] status take_page() noexcept;
  [[nodiscard]] status check_header() noexcept;
  [[nodiscard]] status write_page(std::size_t bytes) noexcept;
  [[nodiscard]] status stop(const status& why) noexcept {
    busy_ = false;
    return why;
  }

  flash* flash_;
  const flash_layout* layout_;
  const image_terms* terms_;
  boot_records* records_;
  sha256 hash_;
  sha256_digest wanted_{};
  std::uint32_t expected_ = 0;
  std::uint32_t received_ = 0;
  bool busy_ = false;
  std::array<std::byte, header_bytes> page_;  // the first page is the header
};

}  // namespace musubi::update
