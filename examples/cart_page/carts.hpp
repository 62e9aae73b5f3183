#pragma once
// The carts, shared by all browsers. They are kept in memory: a reload finds its cart again, a
// restart of the program begins with empty ones.
#include "catalogue.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cart_page {

using cart_id = musubi::text<32>;
using line_id = musubi::text<23>;  // "mug-1"
using order_id = musubi::text<23>;

struct cart_line {
  line_id id;
  cart_page::sku sku;
  product_name name;
  std::int32_t price_cents;
  std::int32_t qty;
  friend bool operator==(const cart_line&, const cart_line&) noexcept = default;
};
/// One line for each product at most.
using cart_lines = musubi::list<cart_line, catalogue.size()>;

/// Published after every change of a cart.
struct cart_updated {
  cart_id cart;
};

class carts {
 public:
  /// Carts with something in them. In a further one, nothing can be put.
  static constexpr std::size_t most_carts = 16;
  /// Of one product in a cart.
  static constexpr std::int32_t most_units = 99;

  /// Empty if there is no such cart.
  [[nodiscard]] cart_lines lines(std::string_view cart) const noexcept;
  /// Adds one; a product that is in the cart already moves to its end. Returns false if there is no
  /// room for another cart.
  bool add(const cart_id& cart, const product& what) noexcept;
  /// Sets the quantity, within 1 and `most_units`. No-op if there is no such line.
  void set_qty(const cart_id& cart, const line_id& line, std::int32_t qty) noexcept;
  /// No-op if there is no such line.
  void remove(const cart_id& cart, const line_id& line) noexcept;
  /// Empties the cart.
  order_id check_out(const cart_id& cart) noexcept;

 private:
  musubi::dict<cart_id, cart_lines, most_carts> all_;  // an empty cart is not kept
  std::uint32_t last_line_ = 0;
  std::uint32_t last_order_ = 0;
};
inline carts all_carts;
inline musubi::topic<cart_updated> cart_updates;

}  // namespace cart_page
