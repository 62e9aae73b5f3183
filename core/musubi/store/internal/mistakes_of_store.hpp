#pragma once
/// Finds the mistakes in a store: in its own declarations, and in the stores below it.

#include <musubi/mistake/store.hpp>

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <musubi/schema/mistakes_of_fields.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/schema/some_struct.hpp>
#include <musubi/store/command/internal/mistakes_of_commands.hpp>
#include <musubi/store/event/internal/mistakes_of_events.hpp>
#include <musubi/store/internal/store_calls.hpp>
#include <musubi/store/internal/store_features.hpp>
#include <musubi/store/upload/internal/mistakes_of_uploads.hpp>

namespace musubi::detail {

// --- what every store declares ---

template <class Store>
concept names_module = requires {
  typename std::bool_constant<std::string_view(Store::module).empty()>;
};
template <class Store>
concept has_state = requires {
  typename Store::State;
};

template <class Store>
consteval auto mistakes_of_module() {
  if constexpr (!names_module<Store>) {
    return mistakes<mistake::store_without_module<Store>>();
  } else if constexpr (!plain_name(Store::module)) {
    return mistakes<mistake::awkward_module<Store>>();
  } else {
    return no_mistake;
  }
}

/// A list with an almost correct name, which would be ignored.
template <class List>
inline constexpr bool is_list = false;
template <class... Commands>
inline constexpr bool is_list<commands<Commands...>> = true;
template <class... Events>
inline constexpr bool is_list<events<Events...>> = true;
template <class... Uploads>
inline constexpr bool is_list<uploads<Uploads...>> = true;

template <class Store>
consteval auto mistakes_of_list_names() {
  // clang-format off
  if constexpr (requires { requires is_list<typename Store::command>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::command>>();
  } else if constexpr (requires { requires is_list<typename Store::Commands>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::Commands>>();
  } else if constexpr (requires { requires is_list<typename Store::event>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::event>>();
  } else if constexpr (requires { requires is_list<typename Store::Events>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::Events>>();
  } else if constexpr (requires { requires is_list<typename Store::upload>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::upload>>();
  } else if constexpr (requires { requires is_list<typename Store::Uploads>; }) {
    return mistakes<mistake::list_of_another_name<Store, typename Store::Uploads>>();
  } else {
    return no_mistake;
  }
  // clang-format on
}

template <class Store>
consteval auto mistakes_of_hooks() {
  if constexpr (!has_member<Store, hooks_name>()) {
    return no_mistake;
  } else if constexpr (hook_room<Store>() == 0 || hook_room<Store>() > 254) {
    return mistakes<mistake::hooks_of_another_kind<Store>>();
  } else {
    return no_mistake;
  }
}

// --- its functions ---

/// The mistakes in the result of `render`.
template <class Store, class Answer>
consteval auto mistakes_of_rendered() {
  if constexpr (std::is_same_v<std::remove_cvref_t<Answer>, typename Store::State>) {
    return no_mistake;
  } else {
    return mistakes<mistake::render_of_another_type<Store, Answer>>();
  }
}
template <class Store>
consteval auto mistakes_of_render() {
  // clang-format off
  if constexpr (!has_member<Store, render_name>()) {
    return mistakes<mistake::store_without_render<Store>>();
  } else if constexpr (requires(const Store& store, const context& ctx) { store.render(ctx); }) {
    return mistakes_of_rendered<Store, decltype(std::declval<const Store&>().render(std::declval<const context&>()))>();
  } else if constexpr (requires(const Store& store) { store.render(); }) {
    return mistakes_of_rendered<Store, decltype(std::declval<const Store&>().render())>();
  } else if constexpr (requires(Store& store, const context& ctx) { store.render(ctx); } ||
                       requires(Store& store) { store.render(); } ||
                       requires(Store& store, context& ctx) { store.render(ctx); }) {
    return mistakes<mistake::render_that_changes_the_store<Store>>();
  } else {
    return mistakes<mistake::render_of_another_form<Store>>();
  }
  // clang-format on
}

template <class Store, class Answer>
consteval auto mistakes_of_mounting() {
  if constexpr (std::is_void_v<Answer>) {
    return mistakes<mistake::mount_without_answer<Store>>();
  } else if constexpr (is_task<Answer>) {
    return mistakes<mistake::mount_that_waits<Store>>();
  } else if constexpr (!std::is_same_v<std::remove_cvref_t<Answer>, status>) {
    return mistakes<mistake::mount_of_another_form<Store>>();
  } else {
    return no_mistake;
  }
}
template <class Store, class Params>
consteval auto mistakes_of_mount() {
  // clang-format off
  if constexpr (requires(Store& store, const Params& params, context& ctx) { store.mount(params, ctx); }) {
    return mistakes_of_mounting<Store, decltype(std::declval<Store&>().mount(std::declval<const Params&>(), std::declval<context&>()))>();
  } else if constexpr (requires(Store& store, context& ctx) { store.mount(ctx); }) {
    return mistakes_of_mounting<Store, decltype(std::declval<Store&>().mount(std::declval<context&>()))>();
  } else if constexpr (has_member<Store, mount_name>()) {
    return mistakes<mistake::mount_of_another_form<Store>>();
  } else {
    return no_mistake;
  }
  // clang-format on
}
template <class Store, class Params>
consteval auto mistakes_of_params() {
  if constexpr (!std::is_class_v<Params> || chooses<Params>) {
    return mistakes<mistake::params_that_are_no_struct<Store, Params>>();
  } else if constexpr (constexpr auto fields = detail::name<Store, Params>(
                           mistakes_of_value<Params, place::received>());
                       !detail::is_right(fields)) {
    return fields;
  } else if constexpr (!std::is_default_constructible_v<Params>) {
    return mistakes<mistake::params_without_first_values<Store>>();
  } else {
    return mistakes_of_mount<Store, Params>();
  }
}
template <class Store>
consteval auto mistakes_of_terminate() {
  if constexpr (has_member<Store, terminate_name>() &&
                !requires(Store & store, std::string_view reason, context & ctx) {
                  store.terminate(reason, ctx);
                }) {
    return mistakes<mistake::terminate_of_another_form<Store>>();
  } else {
    return no_mistake;
  }
}

template <class Store, class Props>
concept takes_init = requires(Store& store, const Props& props, context& ctx) {
  store.init(props, ctx);
}
|| requires(Store& store, context& ctx) {
  store.init(ctx);
};
template <class Store, class Props>
concept takes_props = keeps_props<Store> ||
    requires(Store& store, const Props& props, context& ctx) {
  store.init(props, ctx);
};

/// An init that takes props is for a store that is a child elsewhere.
template <class Store>
consteval auto mistakes_of_root_init() {
  if constexpr (has_member<Store, init_name>() &&
                !takes_init<Store, typename props_of<Store>::type>) {
    return mistakes<mistake::root_init_of_another_form<Store>>();
  } else {
    return no_mistake;
  }
}

/// The mistakes in the functions that only a root has.
template <class Store>
consteval auto mistakes_of_root_functions() {
  return detail::join(mistakes_of_params<Store, typename params_of<Store>::type>(),
                      mistakes_of_root_init<Store>(), mistakes_of_terminate<Store>());
}

/// The mistakes in what `same_value` compares, in the same order.
template <class Store, class T>
struct comparing {
  template <class Variant>
  struct alternatives;
  template <template <class...> class Variant, class... Alternative>
  struct alternatives<Variant<Alternative...>> {
    static consteval auto find() { return detail::join(comparing<Store, Alternative>::find()...); }
  };
  template <class Refs>
  struct fields;
  template <class... Field>
  struct fields<field_refs<Field...>> {
    static consteval auto find() {
      return detail::join(comparing<Store, std::remove_const_t<Field>>::find()...);
    }
  };
  static consteval auto find() {
    if constexpr (is_optional<T> || is_compared_by_element<T>) {
      return comparing<Store, typename T::value_type>::find();
    } else if constexpr (chooses<T>) {
      return alternatives<T>::find();
    } else if constexpr (std::equality_comparable<T>) {
      return no_mistake;
    } else if constexpr (record<T>) {
      return fields<decltype(tie_fields(std::declval<const T&>()))>::find();
    } else {
      return mistakes<mistake::props_that_cannot_be_compared<Store, T>>();
    }
  }
};

/// Has an update that takes something and the context: for news, if not for props.
template <class Store, unsigned... Part>
consteval bool updates_by_something(std::integer_sequence<unsigned, Part...>) {
  return (requires(Store & store, context & ctx) { store.update(some_struct<Part>(), ctx); } ||
          ...);
}
template <class Store, class Props>
concept takes_update = requires(Store& store, const Props& props, context& ctx) {
  store.update(props, ctx);
};

template <class Store, class Props>
consteval auto mistakes_of_props() {
  if constexpr (has_member<Store, update_name>() && !takes_update<Store, Props> &&
                !updates_by_something<Store>(all_parts{})) {
    return mistakes<mistake::update_of_another_form<Store>>();
  } else if constexpr (std::is_same_v<Props, no_props>) {
    return no_mistake;
  } else if constexpr (!takes_props<Store, Props>) {
    return mistakes<mistake::ignored_props<Store>>();
  } else if constexpr (!keeps_props<Store> && !takes_update<Store, Props>) {
    return mistakes<mistake::ignored_new_props<Store>>();
  } else {
    return comparing<Store, Props>::find();
  }
}

/// The mistakes in the functions that only a child has.
template <class Store>
consteval auto mistakes_of_child_functions() {
  using Props = typename props_of<Store>::type;
  constexpr bool has_init = has_member<Store, init_name>();
  if constexpr (has_init && !takes_init<Store, Props>) {
    return mistakes<mistake::init_of_another_form<Store>>();
  } else if constexpr (!has_init && has_member<Store, mount_name>()) {
    return mistakes<mistake::mount_of_a_child<Store>>();
  } else if constexpr (has_member<Store, terminate_name>() && !has_member<Store, mount_name>()) {
    return mistakes<mistake::terminate_of_a_child<Store>>();
  } else {
    return mistakes_of_props<Store, Props>();
  }
}

// --- the whole ---

/// The mistakes in the stores that a State contains. `Find::in<Store>()` finds those of one store
/// and of the stores below it.
template <class Find, class T>
struct mistakes_beneath {
  template <class Refs>
  struct fields;
  template <class... Field>
  struct fields<field_refs<Field...>> {
    static consteval auto find() {
      return detail::join(mistakes_beneath<Find, std::remove_const_t<Field>>::find()...);
    }
  };
  static consteval auto find() {
    if constexpr (!holds_child<T>()) {
      return no_mistake;
    } else if constexpr (is_dict<T>) {
      return mistakes_beneath<Find, typename T::mapped_type>::find();
    } else if constexpr (requires { typename T::value_type; }) {
      return mistakes_beneath<Find, typename T::value_type>::find();
    } else {
      return fields<decltype(tie_fields(std::declval<const T&>()))>::find();
    }
  }
};

template <class Find, class Store, std::size_t N>
struct mistakes_beneath<Find, child<Store, N>> {
  static consteval auto find() { return Find::template in<Store>(); }
};

struct in_child {
  template <class Store>
  static consteval auto in();
};

/// The mistakes in a store, root or child.
template <class Store>
consteval auto mistakes_of_any_store() {
  if constexpr (std::is_final_v<Store>) {
    return mistakes<mistake::final_store<Store>>();
  } else if constexpr (!has_state<Store>) {
    return mistakes<mistake::store_without_state<Store>>();
  } else if constexpr (!std::is_class_v<typename Store::State> || chooses<typename Store::State>) {
    return mistakes<mistake::state_that_is_no_struct<Store, typename Store::State>>();
  } else if constexpr (constexpr auto fields = detail::name<Store, typename Store::State>(
                           mistakes_of_state<typename Store::State>());
                       !detail::is_right(fields)) {
    return fields;
  } else if constexpr (!std::is_default_constructible_v<Store>) {
    return mistakes<mistake::store_without_first_values<Store>>();
  } else {
    return detail::join(
        mistakes_of_module<Store>(), mistakes_of_list_names<Store>(), mistakes_of_commands<Store>(),
        mistakes_of_events<Store>(), mistakes_of_uploads<Store>(), mistakes_of_hooks<Store>(),
        mistakes_of_render<Store>(), mistakes_beneath<in_child, typename Store::State>::find());
  }
}
template <class Store>
consteval auto in_child::in() {
  return detail::join(mistakes_of_any_store<Store>(), mistakes_of_child_functions<Store>());
}

template <class Store>
consteval auto mistakes_of_root() {
  return detail::join(mistakes_of_any_store<Store>(), mistakes_of_root_functions<Store>());
}

}  // namespace musubi::detail
