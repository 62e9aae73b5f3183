#pragma once
/// How the library calls a store: which of its functions there are, and in which form.

#include <concepts>
#include <string_view>
#include <type_traits>

#include <musubi/memory/status.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/child/child.hpp>
#include <musubi/store/context.hpp>

namespace musubi::detail {

/// `status` and `void` are both welcome.
template <class Call>
status status_of(Call&& call) {
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return {};
  } else {
    return call();
  }
}

struct no_params {};
template <class Store>
struct params_of {
  using type = no_params;
};
template <class Store>
requires requires {
  typename Store::Params;
}
struct params_of<Store> {
  using type = typename Store::Params;
};

template <class Store>
typename Store::State call_render(const Store& store, const context& ctx) {
  if constexpr (requires { store.render(ctx); }) {
    return store.render(ctx);
  } else {
    return store.render();
  }
}

/// Has a public member `props` that the library keeps up to date.
template <class Store>
concept keeps_props = requires(Store store, const typename props_of<Store>::type& props) {
  store.props = props;
};

/// `init` of a child, when it is placed for the first time (contract section 5.2).
template <class Store, class Props>
status call_init(Store& store, const Props& props, context& ctx) {
  if constexpr (keeps_props<Store>) store.props = props;
  if constexpr (requires { store.init(props, ctx); }) {
    return status_of([&] { return store.init(props, ctx); });
  } else if constexpr (requires { store.init(ctx); }) {
    return status_of([&] { return store.init(ctx); });
  } else {
    return {};
  }
}

/// `update` of a child whose props changed.
template <class Store, class Props>
status call_update(Store& store, const Props& props, context& ctx) {
  if constexpr (keeps_props<Store>) store.props = props;
  if constexpr (requires { store.update(props, ctx); }) {
    return status_of([&] { return store.update(props, ctx); });
  } else {
    return {};
  }
}

template <class T>
concept is_compared_by_element = requires(const T& values) {
  typename T::value_type;
  values.size();
  values.begin();
};

/// Whether two sets of props are the same. A struct is compared member by member.
template <class T>
bool same_value(const T& a, const T& b) {
  if constexpr (is_optional<T>) {
    return a.has_value() == b.has_value() && (!a || same_value(*a, *b));
  } else if constexpr (is_compared_by_element<T>) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!same_value(a[i], b[i])) return false;
    }
    return true;
  } else if constexpr (chooses<T>) {
    bool same = a.index() == b.index();
    (void)with_chosen(a, [&]<class Chosen>(const Chosen& value) {
      same = same && same_value(value, *get_if<Chosen>(&b));
    });
    return same;
  } else if constexpr (std::equality_comparable<T>) {
    return a == b;
  } else {
    const auto left = tie_fields(a);
    const auto right = tie_fields(b);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (same_value(field_at<I>(left), field_at<I>(right)) && ...);
    }
    (std::make_index_sequence<field_count<T>()>{});
  }
}

}  // namespace musubi::detail
