#pragma once
/// How a child calls the store that owns it (contract section 5.10).
///
///     struct line {
///       struct Props { std::int32_t qty; musubi::callback<text<8>, std::int32_t> changed; };
///       ...  props.changed(id, qty);
///     };
///     // in the owner: void changed(const text<8>& id, std::int32_t qty, musubi::context&);
///     child<line>{id, {.qty = 1, .changed = ctx.callback<&cart::changed>(*this)}}

#include <musubi/mistake/call.hpp>

#include <type_traits>

#include <musubi/store/context.hpp>

namespace musubi {

/// Calls a member function of the owning store, which is then rendered again. Two callbacks are
/// equal when they call the same function of the same store, so passing one again is not a change
/// of props. Valid as long as the owner, which outlives its children.
template <class... Arguments>
class callback {
 public:
  constexpr callback() noexcept = default;

  /// Does nothing if it is empty. Propagates exceptions of the owner's function.
  void operator()(const Arguments&... arguments) const {
    if (call_ == nullptr) return;
    call_(store_, *owner_, arguments...);
    owner_->changed();
  }
  [[nodiscard]] explicit operator bool() const noexcept { return call_ != nullptr; }
  friend bool operator==(const callback&, const callback&) noexcept = default;

 private:
  friend class context;
  using function = void (*)(void* store, context& owner, const Arguments&... arguments);
  callback(function call, void* store, context& owner) noexcept
      : call_(call), store_(store), owner_(&owner) {}

  function call_ = nullptr;
  void* store_ = nullptr;
  context* owner_ = nullptr;
};

namespace detail {

template <class Function>
struct callback_of {
  static_assert(sizeof(mistake::callback_of_another_form<Function>) != 0);
  using type = callback<>;
  template <auto>
  static void call(void*, context&) {}
};
template <class Store>
struct callback_of<void (Store::*)(context&)> {
  using type = callback<>;
  template <auto Function>
  static void call(void* store, context& owner) {
    (static_cast<Store*>(store)->*Function)(owner);
  }
};
template <class Store, class A>
struct callback_of<void (Store::*)(A, context&)> {
  using type = callback<std::remove_cvref_t<A>>;
  template <auto Function>
  static void call(void* store, context& owner, const std::remove_cvref_t<A>& a) {
    (static_cast<Store*>(store)->*Function)(a, owner);
  }
};
template <class Store, class A, class B>
struct callback_of<void (Store::*)(A, B, context&)> {
  using type = callback<std::remove_cvref_t<A>, std::remove_cvref_t<B>>;
  template <auto Function>
  static void call(void* store, context& owner, const std::remove_cvref_t<A>& a,
                   const std::remove_cvref_t<B>& b) {
    (static_cast<Store*>(store)->*Function)(a, b, owner);
  }
};
template <class Store, class A, class B, class C>
struct callback_of<void (Store::*)(A, B, C, context&)> {
  using type = callback<std::remove_cvref_t<A>, std::remove_cvref_t<B>, std::remove_cvref_t<C>>;
  template <auto Function>
  static void call(void* store, context& owner, const std::remove_cvref_t<A>& a,
                   const std::remove_cvref_t<B>& b, const std::remove_cvref_t<C>& c) {
    (static_cast<Store*>(store)->*Function)(a, b, c, owner);
  }
};
template <class Store, class... Arguments>
struct callback_of<void (Store::*)(Arguments...) noexcept>
    : callback_of<void (Store::*)(Arguments...)> {};

}  // namespace detail

template <auto Function, class Store, class>
auto context::callback(const Store& store) const noexcept {
  using of = detail::callback_of<decltype(Function)>;
  // render is const because it must not change the store; the callback that it passes on is called
  // later
  return typename of::type(&of::template call<Function>, const_cast<Store*>(&store),
                           const_cast<context&>(*this));
}

}  // namespace musubi
