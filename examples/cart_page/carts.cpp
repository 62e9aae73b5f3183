#include "carts.hpp"

#include <algorithm>

namespace cart_page {

cart_lines carts::lines(std::string_view cart) const noexcept {
  const auto id = cart_id::from(cart);
  const cart_lines* const found = id ? all_.find(*id) : nullptr;
  return found == nullptr ? cart_lines() : *found;
}

bool carts::add(const cart_id& cart, const product& what) noexcept {
  if (all_.find(cart) == nullptr && !all_.set(cart, {})) return false;
  cart_lines& lines = *all_.find(cart);
  cart_line fresh{line_id::clipped(what.sku, "-", last_line_ + 1), what.sku, what.name,
                  what.price_cents, 1};
  const auto* const known = std::find_if(
      lines.begin(), lines.end(), [&](const cart_line& each) { return each.sku == what.sku; });
  if (known == lines.end()) {
    ++last_line_;
  } else {
    fresh = *known;
    fresh.qty = std::min(fresh.qty + 1, most_units);
    lines.erase(static_cast<std::size_t>(known - lines.begin()));
  }
  (void)lines.push_back(fresh);  // there is room: one line for each product
  cart_updates.publish({cart});
  return true;
}

void carts::set_qty(const cart_id& cart, const line_id& line, std::int32_t qty) noexcept {
  cart_lines* const lines = all_.find(cart);
  if (lines == nullptr) return;
  for (cart_line& each : *lines) {
    if (each.id != line) continue;
    each.qty = std::clamp(qty, 1, most_units);
    cart_updates.publish({cart});
  }
}

void carts::remove(const cart_id& cart, const line_id& line) noexcept {
  cart_lines* const lines = all_.find(cart);
  if (lines == nullptr) return;
  for (std::size_t i = 0; i < lines->size(); ++i) {
    if ((*lines)[i].id != line) continue;
    lines->erase(i);
    if (lines->empty()) all_.erase(cart);
    cart_updates.publish({cart});
    return;
  }
}

order_id carts::check_out(const cart_id& cart) noexcept {
  all_.erase(cart);
  cart_updates.publish({cart});
  return order_id::clipped("order-", ++last_order_);
}

}  // namespace cart_page
