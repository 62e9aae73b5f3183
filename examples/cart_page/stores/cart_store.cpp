#include "cart_store.hpp"

namespace cart_page {

musubi::status cart_store::init(const Props& passed, musubi::context& ctx) {
  props = passed;
  const musubi::status guarded =
      ctx.attach_hook<musubi::before_command, &cart_store::authorize>(*this, "authz");
  if (!guarded.ok()) return guarded;
  return ctx.attach_hook<musubi::after_command, &cart_store::audit>(*this, "audit");
}

// A cart that was checked out is open again when there is something in it.
void cart_store::update(const Props& passed, musubi::context&) {
  props = passed;
  if (!props.cart_lines.empty()) status = open{};
}

// A denial is a reply with status ok, which the page reads.
musubi::verdict cart_store::authorize(const musubi::command_info& command, musubi::context&) {
  if (props.current_user || command.as<Checkout>() == nullptr) return musubi::proceed();
  return command.halt(Checkout::Reply{not_ordered{checkout_problem::must_sign_in}});
}
musubi::verdict cart_store::audit(const musubi::command_info& command, musubi::context&) {
  if (on_audit != nullptr) {
    const std::string_view who = props.current_user ? props.current_user->name.view() : "a guest";
    on_audit({command.name, who, props.cart_id});
  }
  return musubi::proceed();
}

musubi::result<cart_store::AddItem::Reply> cart_store::handle(const AddItem& command,
                                                              musubi::context&) {
  const product* const wanted = find_product(command.sku);
  if (wanted == nullptr) return AddItem::Reply{not_added{add_problem::unknown_sku}};
  if (!all_carts.add(props.cart_id, *wanted)) {
    return AddItem::Reply{not_added{add_problem::too_many_carts}};
  }
  return AddItem::Reply{added{}};
}

musubi::status cart_store::handle(const RemoveLine& command, musubi::context&) {
  all_carts.remove(props.cart_id, command.id);
  return {};
}

musubi::result<cart_store::Checkout::Reply> cart_store::handle(const Checkout&, musubi::context&) {
  if (props.cart_lines.empty()) return Checkout::Reply{not_ordered{checkout_problem::empty_cart}};
  const cart_page::order_id order = all_carts.check_out(props.cart_id);
  status = checked_out{.order_id = order};
  return Checkout::Reply{ordered{order}};
}

void cart_store::set_qty(const line_id& line, std::int32_t qty, musubi::context&) {
  all_carts.set_qty(props.cart_id, line, qty);
}

cart_store::State cart_store::render(const musubi::context& ctx) const {
  State made{};
  made.status = status;
  for (const cart_line& line : props.cart_lines) {
    (void)made.lines.push_back(
        {line.id, {line, ctx.callback<&cart_store::set_qty>(*this)}});  // equal in each render
    made.total_units += line.qty;
    made.subtotal_cents += line.qty * line.price_cents;
  }
  return made;
}

}  // namespace cart_page
