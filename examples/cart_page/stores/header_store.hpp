#pragma once
// Who is shopping.
#include <optional>
#include <string_view>

#include <musubi/musubi.hpp>

namespace cart_page {

struct user {
  musubi::text<24> id;
  musubi::text<40> name;
  friend bool operator==(const user&, const user&) noexcept = default;
};
/// Empty: a guest.
using current_user = std::optional<user>;

struct header_store {
  static constexpr std::string_view module = "CartPage.Stores.HeaderStore";

  struct Props {
    current_user user;
  };
  struct State {
    bool signed_in;
    std::optional<musubi::text<40>> user_name;
  };
  [[nodiscard]] State render() const {
    if (!props.user) return {false, std::nullopt};
    return {true, props.user->name};
  }

  Props props;
};

}  // namespace cart_page
