#pragma once
// The cart: a child store for each line, and two hooks.
#include "cart_line_store.hpp"
#include "header_store.hpp"

#include <cstdint>
#include <string_view>
#include <variant>

namespace cart_page {

// The status of a cart. Each alternative has its own fields on the wire.
struct open {
  musubi::constant<"open"> type;
};
struct checking_out {  // the page knows it; this shop, like the original's, checks out in one step
  musubi::constant<"checking_out"> type;
};
struct checked_out {
  musubi::constant<"checked_out"> type{};
  cart_page::order_id order_id;
};
using cart_status = std::variant<open, checking_out, checked_out>;

// The results of its commands, which a page tells apart by their fields: `"ok" in reply.result`.
struct added {
  musubi::constant<true> ok;
};
enum class add_problem : std::uint8_t { unknown_sku, too_many_carts };
struct not_added {
  add_problem error;
};
struct ordered {
  cart_page::order_id order_id;
};
enum class checkout_problem : std::uint8_t { must_sign_in, empty_cart };
struct not_ordered {
  checkout_problem error;
};

/// What was done, and by whom. The program writes it to its log.
struct audit_entry {
  std::string_view command;
  std::string_view user;
  std::string_view cart;
};
inline void (*on_audit)(const audit_entry&) noexcept = nullptr;

struct cart_store {
  static constexpr std::string_view module = "CartPage.Stores.CartStore";
  static constexpr std::size_t hooks = 2;  // most attached at once

  struct Props {
    cart_page::cart_id cart_id;
    cart_page::cart_lines cart_lines;
    cart_page::current_user current_user;
  };
  struct State {
    musubi::list<musubi::child<cart_line_store, line_id::capacity>, cart_lines::capacity> lines;
    std::int32_t total_units;
    std::int32_t subtotal_cents;
    cart_status status;
  };
  struct AddItem {
    cart_page::sku sku;
    struct Reply {
      std::variant<added, not_added> result;
    };
  };
  struct RemoveLine {
    line_id id;
  };
  struct Checkout {
    struct Reply {
      std::variant<ordered, not_ordered> result;
    };
  };
  using commands = musubi::commands<AddItem, RemoveLine, Checkout>;

  musubi::status init(const Props& passed, musubi::context& ctx);
  void update(const Props& passed, musubi::context& ctx);
  musubi::result<AddItem::Reply> handle(const AddItem& command, musubi::context& ctx);
  musubi::status handle(const RemoveLine& command, musubi::context& ctx);
  musubi::result<Checkout::Reply> handle(const Checkout& command, musubi::context& ctx);
  [[nodiscard]] State render(const musubi::context& ctx) const;

  // Hooks, which see the commands of the lines, too.
  musubi::verdict authorize(const musubi::command_info& command, musubi::context& ctx);
  musubi::verdict audit(const musubi::command_info& command, musubi::context& ctx);

  // Called by a line.
  void set_qty(const line_id& line, std::int32_t qty, musubi::context& ctx);

 private:
  Props props;
  cart_status status;
};

}  // namespace cart_page
