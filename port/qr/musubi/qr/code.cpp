#include <musubi/qr/code.hpp>

#if defined(MUSUBI_HAS_QRENCODE)
#include <memory>
#include <qrencode.h>
#endif

namespace musubi::qr {

#if defined(MUSUBI_HAS_QRENCODE)

bool code::is_available() noexcept {
  return true;
}

std::optional<code> code::of(std::string_view text) {
  if (text.empty() || text.size() > longest) return std::nullopt;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_L),
      &QRcode_free);
  if (made == nullptr || made->width > static_cast<int>(most)) return std::nullopt;
  code copied;
  copied.size_ = static_cast<std::size_t>(made->width);
  for (std::size_t y = 0; y < copied.size_; ++y) {
    for (std::size_t x = 0; x < copied.size_; ++x) {
      copied.modules_[y * most + x] = (made->data[y * copied.size_ + x] & 1U) != 0;
    }
  }
  return copied;
}

#else

bool code::is_available() noexcept {
  return false;
}

std::optional<code> code::of(std::string_view) {
  return std::nullopt;
}

#endif

}  // namespace musubi::qr
