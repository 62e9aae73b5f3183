#pragma once
// What the shop sells.
#include <array>
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

namespace cart_page {

using sku = musubi::text<15>;
using product_name = musubi::text<31>;

struct product {
  cart_page::sku sku;
  product_name name;
  std::int32_t price_cents;
};

inline constexpr std::array<product, 3> catalogue{{
    {"mug", "Coffee Mug", 1500},
    {"notebook", "Notebook", 800},
    {"stickers", "Sticker Pack", 500},
}};

/// Null if the shop does not sell it.
[[nodiscard]] constexpr const product* find_product(std::string_view wanted) noexcept {
  for (const product& each : catalogue) {
    if (each.sku == wanted) return &each;
  }
  return nullptr;
}

}  // namespace cart_page
