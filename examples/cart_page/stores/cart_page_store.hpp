#pragma once
// The page: it knows which cart is shown to whom, and places the stores that show it.
#include "cart_store.hpp"
#include "header_store.hpp"

#include <string_view>

namespace cart_page {

struct cart_page_store {
  static constexpr std::string_view module = "CartPage.Stores.CartPageStore";

  // That a browser says who its user is serves the example; a real shop uses a session.
  struct Params {
    cart_page::cart_id cart_id;
    cart_page::current_user current_user;
  };
  struct State {
    musubi::child<header_store> header;
    musubi::child<cart_store> cart;
  };

  musubi::status mount(const Params& passed, musubi::context& ctx) {
    if (passed.cart_id.empty()) return musubi::refuse("which cart?", "cart_id");
    params = passed;
    lines = all_carts.lines(params.cart_id);
    return ctx.subscribe(*this, cart_updates);
  }
  // The new lines reach the cart and its lines as props.
  void handle_info(const cart_updated& updated, musubi::context&) {
    if (updated.cart == params.cart_id) lines = all_carts.lines(params.cart_id);
  }
  [[nodiscard]] State render() const {
    return {{"header", {params.current_user}},
            {"cart", {params.cart_id, lines, params.current_user}}};
  }

 private:
  Params params;
  cart_lines lines;
};

}  // namespace cart_page
