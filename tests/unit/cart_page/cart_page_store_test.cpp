#include "stores/cart_page_store.hpp"

#include <gtest/gtest.h>
#include <string>
#include <variant>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace cart_page {
namespace {

using page_type = musubi::testkit::mounted<cart_page_store>;

const current_user ada = user{"u1", "Ada"};

class a_cart_page : public testing::Test {
 protected:
  a_cart_page() {
    all_carts = carts();
    on_audit = nullptr;
  }

  static auto add(page_type& page, const sku& what) {
    return page.dispatch(cart_store::AddItem{what}, "cart");
  }
  /// "mug-1 ×2" for each line, as the browser shows it.
  static std::vector<std::string> lines(page_type& page) {
    std::vector<std::string> all;
    for (const auto& line : page.store_of<cart_store>("cart")->render(page.context()).lines) {
      const auto* const shown = page.state_of<cart_line_store>("cart", "lines", line.id());
      all.push_back(std::string(shown->id) + " ×" + std::to_string(shown->qty));
    }
    return all;
  }
};

TEST_F(a_cart_page, says_who_is_shopping) {
  page_type page({"demo-cart", ada});
  EXPECT_TRUE(page.state_of<header_store>("header")->signed_in);
  EXPECT_EQ(page.state_of<header_store>("header")->user_name, musubi::text<40>("Ada"));
  page_type guest({"demo-cart", {}});
  EXPECT_FALSE(guest.state_of<header_store>("header")->signed_in);
}

TEST_F(a_cart_page, is_not_there_without_a_cart) {
  EXPECT_EQ(page_type({"", ada}).error().why.reason(), "which cart?");
}

TEST_F(a_cart_page, answers_what_was_added_with_one_key) {
  page_type page({"demo-cart", ada});
  EXPECT_EQ(add(page, "mug").body, R"({"result":{"ok":true}})");
  EXPECT_EQ(add(page, "car").body, R"({"result":{"error":"unknown_sku"}})");
  EXPECT_NE(page.tree().find(R"("__musubi_store_id__":["cart","lines","mug-1"])"),
            std::string::npos);
}

TEST_F(a_cart_page, moves_what_is_added_again_to_the_end) {
  page_type page({"demo-cart", ada});
  (void)add(page, "mug");
  (void)add(page, "notebook");
  (void)add(page, "mug");
  EXPECT_EQ(lines(page), (std::vector<std::string>{"notebook-2 ×1", "mug-1 ×2"}));
  EXPECT_EQ(page.state_of<cart_store>("cart")->total_units, 3);
  EXPECT_EQ(page.state_of<cart_store>("cart")->subtotal_cents, 3800);
}

TEST_F(a_cart_page, lets_a_line_change_its_quantity_from_1_to_99) {
  page_type page({"demo-cart", ada});
  (void)add(page, "mug");
  EXPECT_EQ(page.dispatch(cart_line_store::IncQty{}, "cart", "lines", "mug-1").body,
            R"({"qty":2})");
  EXPECT_EQ(page.state_of<cart_store>("cart")->subtotal_cents, 3000);
  EXPECT_EQ(page.dispatch(cart_line_store::DecQty{}, "cart", "lines", "mug-1").body,
            R"({"qty":1})");
  EXPECT_EQ(page.dispatch(cart_line_store::DecQty{}, "cart", "lines", "mug-1").body,
            R"({"qty":1})");
  all_carts.set_qty("demo-cart", "mug-1", 99);
  page.run();
  EXPECT_EQ(page.dispatch(cart_line_store::IncQty{}, "cart", "lines", "mug-1").body,
            R"({"qty":99})");
}

TEST_F(a_cart_page, shows_what_another_browser_does_to_its_cart_and_no_other) {
  page_type mine({"demo-cart", ada});
  page_type yours({"demo-cart", {}});
  page_type other({"other-cart", ada});
  (void)add(mine, "mug");
  (void)mine.dispatch(cart_line_store::IncQty{}, "cart", "lines", "mug-1");
  yours.run();
  other.run();
  EXPECT_EQ(lines(yours), (std::vector<std::string>{"mug-1 ×2"}));
  EXPECT_TRUE(lines(other).empty());
  (void)yours.dispatch(cart_store::RemoveLine{"mug-1"}, "cart");
  mine.run();
  EXPECT_TRUE(lines(mine).empty());
}

TEST_F(a_cart_page, finds_its_cart_again) {
  {
    page_type before({"demo-cart", ada});
    (void)add(before, "stickers");
  }
  page_type after({"demo-cart", ada});
  EXPECT_EQ(lines(after), (std::vector<std::string>{"stickers-1 ×1"}));
}

TEST_F(a_cart_page, does_not_let_a_guest_check_out) {
  page_type guest({"demo-cart", {}});
  (void)add(guest, "mug");
  const auto answer = guest.dispatch(cart_store::Checkout{}, "cart");
  EXPECT_TRUE(answer.ok);  // a denial is a reply
  EXPECT_EQ(answer.body, R"({"result":{"error":"must_sign_in"}})");
  EXPECT_EQ(lines(guest).size(), 1U);
}

TEST_F(a_cart_page, checks_out_and_opens_again_when_there_is_something_in_it) {
  page_type page({"demo-cart", ada});
  EXPECT_EQ(page.dispatch(cart_store::Checkout{}, "cart").body,
            R"({"result":{"error":"empty_cart"}})");
  (void)add(page, "mug");
  (void)page.take_envelopes();
  EXPECT_EQ(page.dispatch(cart_store::Checkout{}, "cart").body,
            R"({"result":{"order_id":"order-1"}})");
  const auto* const cart = page.state_of<cart_store>("cart");
  EXPECT_EQ(std::get<checked_out>(cart->status).order_id, "order-1");
  EXPECT_TRUE(lines(page).empty());
  EXPECT_NE(page.take_envelopes().front().find(
                R"({"op":"replace","path":"/cart/status/type","value":"checked_out"},)"
                R"({"op":"add","path":"/cart/status/order_id","value":"order-1"})"),
            std::string::npos);
  (void)add(page, "mug");
  EXPECT_TRUE(std::holds_alternative<open>(page.state_of<cart_store>("cart")->status));
}

TEST_F(a_cart_page, has_its_commands_audited_those_of_its_lines_too) {
  static std::vector<std::string> done;
  done.clear();
  on_audit = [](const audit_entry& each) noexcept {
    done.push_back(std::string(each.command) + " by " + std::string(each.user));
  };
  page_type page({"demo-cart", ada});
  (void)add(page, "mug");
  (void)page.dispatch(cart_line_store::IncQty{}, "cart", "lines", "mug-1");
  EXPECT_EQ(done, (std::vector<std::string>{"add_item by Ada", "inc_qty by Ada"}));
}

TEST_F(a_cart_page, says_when_there_is_no_room_for_another_cart) {
  for (std::size_t i = 0; i < carts::most_carts; ++i) {
    ASSERT_TRUE(all_carts.add(cart_id::clipped("cart-", i), catalogue[0]));
  }
  page_type page({"demo-cart", ada});
  EXPECT_EQ(add(page, "mug").body, R"({"result":{"error":"too_many_carts"}})");
  all_carts.remove("cart-0", "mug-1");
  EXPECT_EQ(add(page, "mug").body, R"({"result":{"ok":true}})");
}

}  // namespace
}  // namespace cart_page
