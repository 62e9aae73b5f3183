#pragma once
/// QR codes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace musubi::qr {

/// A QR code: a square of dark and light modules.
class code {
 public:
  /// Bytes of text that fit in the largest code that this makes (version 10).
  static constexpr std::size_t longest = 271;
  /// Light modules around it that the standard asks for.
  static constexpr std::size_t margin = 4;

  /// The code of a text; absent if it is empty or too long, or if this build has no libqrencode
  /// (`is_available`).
  [[nodiscard]] static std::optional<code> of(std::string_view text);
  [[nodiscard]] static bool is_available() noexcept;

  /// Modules of one side.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Whether a module is dark. Outside of the code none is.
  [[nodiscard]] bool is_dark(std::size_t x, std::size_t y) const noexcept {
    return x < size_ && y < size_ && modules_[y * most + x];
  }

 private:
  static constexpr std::size_t most = 57;
  std::size_t size_ = 0;
  std::array<bool, most * most> modules_{};
};

}  // namespace musubi::qr
