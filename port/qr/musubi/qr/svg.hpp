#pragma once
/// QR codes on a page.

#include <string>
#include <string_view>

#include <musubi/qr/code.hpp>

namespace musubi::qr {

/// The code as an SVG image, dark on white with a margin of four modules, so that a camera reads it
/// on a page of any colours. It has the size of what it is in. `title` is its name for those who do
/// not see it, and must be UTF-8.
[[nodiscard]] std::string svg(const code& what, std::string_view title);

}  // namespace musubi::qr
