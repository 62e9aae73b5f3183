#pragma once
// Child stores: a cart and its lines. The cart passes props down to each line; a line calls the
// cart through a callback.
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

using sku = musubi::text<15>;

// One line of the cart. A browser sends it commands by its store_id: ["lines", "mug"].
struct cart_line {
  static constexpr std::string_view module = "Example.CartLine";

  struct Props {  // passed by the cart; if they are unchanged, there is nothing to do
    ::sku sku;
    std::int32_t cents;
    std::int32_t quantity;
    musubi::callback<::sku, std::int32_t> quantity_wanted;
  };
  struct State {
    ::sku sku;
    std::int32_t cents;
    std::int32_t quantity;
    bool gift;
  };
  struct SetQuantity {
    std::int32_t quantity;
  };
  struct Wrap {
    bool gift;
  };
  using commands = musubi::commands<SetQuantity, Wrap>;

  musubi::status handle(const SetQuantity& command, musubi::context&) {
    if (command.quantity < 1 || command.quantity > 99) {
      return musubi::refuse("a line has from 1 to 99", "quantity");
    }
    props.quantity_wanted(props.sku, command.quantity);
    return {};
  }
  musubi::status handle(const Wrap& command, musubi::context&) {
    gift = command.gift;
    return {};
  }
  State render() const { return {props.sku, props.cents, props.quantity, gift}; }

  Props props;        // kept up to date by the page
  bool gift = false;  // the line's own state, until the cart no longer places it
};

struct cart {
  static constexpr std::string_view module = "Example.Cart";

  struct State {
    musubi::list<musubi::child<cart_line>, 8> lines;
    std::int32_t units;
    std::int32_t total_cents;
  };
  struct Add {
    ::sku sku;
  };
  struct Remove {
    ::sku sku;
  };
  using commands = musubi::commands<Add, Remove>;

  musubi::status handle(const Add& command, musubi::context&) {
    if (command.sku.empty()) return musubi::refuse("the sku is missing", "sku");
    if (item* known = find(command.sku)) {
      ++known->quantity;
      return {};
    }
    return items.push_back({command.sku, 100, 1}) ? musubi::status()
                                                  : musubi::refuse("the cart is full");
  }
  musubi::status handle(const Remove& command, musubi::context&) {
    item* gone = find(command.sku);
    if (gone == nullptr) return musubi::refuse("no such line", "sku");
    items.erase(static_cast<std::size_t>(gone - items.begin()));
    return {};
  }

  // Places the lines, by id. The page mounts new ones, updates those whose props have changed, and
  // destroys those that are no longer placed.
  State render(const musubi::context& ctx) const {
    State made{};
    for (const item& each : items) {
      (void)made.lines.push_back(
          {each.sku,
           {each.sku, each.cents, each.quantity, ctx.callback<&cart::set_quantity>(*this)}});
      made.units += each.quantity;
      made.total_cents += each.quantity * each.cents;
    }
    return made;
  }

  // Called by a line; the cart is rendered again afterwards.
  void set_quantity(const ::sku& of, std::int32_t quantity, musubi::context&) {
    if (item* known = find(of)) known->quantity = quantity;
  }

 private:
  struct item {
    ::sku sku;
    std::int32_t cents;
    std::int32_t quantity;
  };
  item* find(const ::sku& wanted) {
    for (item& each : items) {
      if (each.sku == wanted) return &each;
    }
    return nullptr;
  }
  musubi::list<item, 8> items;
};
