#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A line of a cart: says what happened to it, and tells its owner.
struct cart_line {
  static constexpr std::string_view module = "Conformance.Stores.CartLine";

  struct Props {
    musubi::text<15> sku;
    musubi::callback<std::int32_t> added;
  };
  struct change {
    std::int32_t id;
    std::int32_t qty;
  };
  struct State {
    musubi::text<15> sku;
    std::int32_t qty;
    musubi::stream<change> changes;
    musubi::async<std::int32_t> price;
  };
  struct Full {
    std::int32_t qty;
  };
  using events = musubi::events<Full>;
  struct Add {
    std::int32_t by;
    struct Reply {
      std::int32_t qty;
    };
  };
  struct Appraise {};
  using commands = musubi::commands<Add, Appraise>;

  musubi::result<Add::Reply> handle(const Add& command, musubi::context& context) {
    qty += command.by;
    context.stream<&State::changes>().insert({++changes, qty}, {.at = 0, .limit = 3});
    if (qty >= 10) context.push_event(Full{qty});
    props.added(command.by);
    return Add::Reply{qty};
  }
  static musubi::task<musubi::result<std::int32_t>> appraise(std::int32_t qty) {
    if (qty == 0) co_return musubi::refuse("nothing there");
    co_return qty * 150;
  }
  musubi::status handle(const Appraise&, musubi::context& context) {
    return context.assign_async<&cart_line::price>(*this, appraise(qty));
  }
  State render() const { return {props.sku, qty, {}, price}; }

  Props props;
  std::int32_t qty = 0;
  std::int32_t changes = 0;
  musubi::async<std::int32_t> price;
};

/// Children that come, go and move; a hook that denies.
struct cart {
  static constexpr std::string_view module = "Conformance.Stores.Cart";
  static constexpr std::size_t hooks = 1;

  struct State {
    std::int32_t units;
    musubi::list<musubi::child<cart_line>, 8> lines;
    std::optional<musubi::child<cart_line>> gift;
  };
  struct Put {
    musubi::list<musubi::text<15>, 8> skus;
  };
  struct Wrap {
    bool gift;
  };
  struct denial {
    bool ok;
    short_text reason;
  };
  using commands = musubi::commands<Put, Wrap>;

  musubi::status mount(musubi::context& context) {
    return context.attach_hook<musubi::before_command, &cart::authorize>(*this, "authz");
  }
  musubi::verdict authorize(const musubi::command_info& command, musubi::context&) {
    const auto* add = command.as<cart_line::Add>();
    if (add == nullptr || add->by > 0) return musubi::proceed();
    return command.halt(denial{.ok = false, .reason = "unauthorized"});
  }
  musubi::status handle(const Put& command, musubi::context&) {
    skus = command.skus;
    return {};
  }
  musubi::status handle(const Wrap& command, musubi::context&) {
    gift = command.gift;
    return {};
  }
  void added(std::int32_t by, musubi::context&) { units += by; }
  State render(const musubi::context& context) const {
    State made{units, {}, {}};
    for (const auto& sku : skus) (void)made.lines.push_back({sku, line(sku, context)});
    if (gift) made.gift.emplace("gift", line("card", context));
    return made;
  }
  cart_line::Props line(const musubi::text<15>& sku, const musubi::context& context) const {
    return {sku, context.callback<&cart::added>(*this)};
  }

  musubi::list<musubi::text<15>, 8> skus{musubi::text<15>("mug"), musubi::text<15>("pen")};
  std::int32_t units = 0;
  bool gift = false;
};

}  // namespace conformance
