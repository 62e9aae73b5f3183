#pragma once
// One line of the cart. A browser sends it commands by its store_id: ["cart", "lines", "mug-1"].
#include "../carts.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace cart_page {

struct cart_line_store {
  static constexpr std::string_view module = "CartPage.Stores.CartLineStore";

  struct Props {
    cart_line line;
    musubi::callback<line_id, std::int32_t> on_qty_change;
  };
  struct State {
    line_id id;
    cart_page::sku sku;
    product_name name;
    std::int32_t price_cents;
    std::int32_t qty;
  };
  struct new_qty {
    std::int32_t qty;
  };
  struct IncQty {
    using Reply = new_qty;
  };
  struct DecQty {
    using Reply = new_qty;
  };
  using commands = musubi::commands<IncQty, DecQty>;

  musubi::status init(const Props& passed, musubi::context&) {
    props = passed;
    return {};
  }
  void update(const Props& passed, musubi::context&) { props = passed; }

  musubi::result<new_qty> handle(const IncQty&, musubi::context&) { return change_by(1); }
  musubi::result<new_qty> handle(const DecQty&, musubi::context&) { return change_by(-1); }
  [[nodiscard]] State render() const {
    const cart_line& line = props.line;
    return {line.id, line.sku, line.name, line.price_cents, line.qty};
  }

 private:
  // Shows it at once, and tells the cart, which stores it. The stored line then arrives as a prop.
  new_qty change_by(std::int32_t units) {
    std::int32_t& qty = props.line.qty;
    qty = std::clamp(qty + units, 1, carts::most_units);
    props.on_qty_change(props.line.id, qty);
    return {qty};
  }

  Props props;
};

}  // namespace cart_page
