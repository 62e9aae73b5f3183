#pragma once
/// Functions of a store that run before or after commands, messages and renders of it and its
/// descendants (contract section 11.1).
///
///     struct shop {
///       static constexpr std::size_t hooks = 2;              // most attached at once
///       musubi::status mount(musubi::context& ctx) {
///         return ctx.attach_hook<musubi::before_command, &shop::authorize>(*this, "authz");
///       }
///       musubi::verdict authorize(const musubi::command_info& command, musubi::context&) {
///         if (signed_in || command.name != "checkout") return musubi::proceed();
///         return command.halt(denial{.ok = false, .reason = "unauthorized"});
///       }
///     };

#include <musubi/mistake/call.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <musubi/memory/status.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/context.hpp>
#include <musubi/store/hook/internal/hook_info.hpp>
#include <musubi/store/internal/node.hpp>

namespace musubi {

/// What a store is about to send, after all rendering.
template <class State>
struct serialized {
  const State& state;
  context& store;
  /// Discards the events that the store has pushed in this cycle.
  void drop_events() const noexcept { store.drop_events(); }
};

namespace detail {

/// The hooks of one store, in the order of attachment.
class hook_table {
 public:
  using any_function = void (*)();
  struct entry {
    std::uint8_t stage = 0;
    std::string_view id;
    void* store = nullptr;
    any_function call = nullptr;
    std::uint64_t number = 0;  // order of attachment
  };

  hook_table(entry* entries, std::uint8_t room) noexcept : entries_(entries), room_(room) {}
  [[nodiscard]] status attach(const entry& fresh) noexcept;
  void detach(std::uint8_t stage, std::string_view id) noexcept;

  /// Calls the hooks of `Stage` until one does not proceed. `ctx` is the store's context.
  template <class Stage>
  verdict run(typename Stage::subject of, context& ctx) const {
    using function = verdict (*)(void*, typename Stage::subject, context&);
    pass hooks(*this, Stage::number);
    while (const entry* each = hooks.next()) {
      const verdict decided = reinterpret_cast<function>(each->call)(each->store, of, ctx);
      // a change made while halting a message shows in the next cycle, whenever that is
      if constexpr (Stage::number != before_info::number) ctx.changed();
      if (decided != verdict::proceed) return decided;
    }
    return verdict::proceed;
  }
  template <class State>
  void rendered(State& state, context& ctx) const {
    using function = void (*)(void*, State&, context&);
    pass hooks(*this, after_render::number);
    while (const entry* each = hooks.next()) {
      reinterpret_cast<function>(each->call)(each->store, state, ctx);
    }
  }
  template <class State>
  void sent(const State& state, context& ctx) const {
    using function = void (*)(void*, const serialized<State>&, context&);
    pass hooks(*this, after_serialize::number);
    while (const entry* each = hooks.next()) {
      reinterpret_cast<function>(each->call)(each->store, serialized<State>{state, ctx}, ctx);
    }
  }

 private:
  /// One pass over the hooks of a stage. Hooks may detach themselves and others during the pass:
  /// each remaining one runs once. Hooks attached during the pass run from the next pass on.
  class pass {
   public:
    pass(const hook_table& table, std::uint8_t stage) noexcept
        : table_(table), last_(table.newest_), stage_(stage) {}
    /// The next hook, or null. A copy, because it may detach itself.
    const entry* next() noexcept {
      for (std::uint8_t i = 0; i < table_.count_; ++i) {
        const entry& each = table_.entries_[i];
        if (each.number <= ran_ || each.number > last_ || each.stage != stage_) continue;
        current_ = each;
        ran_ = each.number;
        return &current_;
      }
      return nullptr;
    }

   private:
    const hook_table& table_;
    entry current_;
    std::uint64_t ran_ = 0;
    std::uint64_t last_;
    std::uint8_t stage_;
  };

  entry* entries_;
  std::uint64_t newest_ = 0;  // number of the entry attached last
  std::uint8_t room_;
  std::uint8_t count_ = 0;
};

template <std::size_t Room>
struct hook_entries {
  std::array<hook_table::entry, Room> entries{};
};
template <std::size_t Room>
struct hooks_with_room : hook_entries<Room>, hook_table {
  static_assert(Room < 255, "musubi: a store has at most 254 hooks");
  hooks_with_room() noexcept : hook_table(this->entries.data(), Room) {}
};
struct no_hooks {};

template <class Store>
consteval std::size_t hook_room() {
  if constexpr (requires { std::integral_constant<std::size_t, Store::hooks>{}; }) {
    return Store::hooks;
  } else {
    return 0;
  }
}
template <class Store>
using hooks_of =
    std::conditional_t<hook_room<Store>() != 0, hooks_with_room<hook_room<Store>()>, no_hooks>;

/// Calls a member function of a store as a hook of a stage.
template <class Stage, auto Function, class Store>
struct hook_call {
  static verdict call(void* store, typename Stage::subject of, context& ctx) {
    if constexpr (requires(Store & it) {
                    { (it.*Function)(of, ctx) } -> std::same_as<verdict>;
                  }) {
      return (static_cast<Store*>(store)->*Function)(of, ctx);
    } else {
      static_assert(sizeof(mistake::hook_of_another_form<Store, Stage>) != 0);
    }
  }
};
template <auto Function, class Store>
struct hook_call<after_render, Function, Store> {
  using State = typename Store::State;
  static void call(void* store, State& state, context& ctx) {
    if constexpr (requires(Store & it) { (it.*Function)(state, ctx); }) {
      (static_cast<Store*>(store)->*Function)(state, ctx);
    } else {
      static_assert(sizeof(mistake::render_hook_of_another_form<Store>) != 0);
    }
  }
};
template <auto Function, class Store>
struct hook_call<after_serialize, Function, Store> {
  using State = typename Store::State;
  static void call(void* store, const serialized<State>& of, context& ctx) {
    if constexpr (requires(Store & it) { (it.*Function)(of, ctx); }) {
      (static_cast<Store*>(store)->*Function)(of, ctx);
    } else {
      static_assert(sizeof(mistake::serialize_hook_of_another_form<Store>) != 0);
    }
  }
};

}  // namespace detail

template <class Stage, auto Function, class Store, class>
status context::attach_hook(Store& store, literal id) noexcept {
  if constexpr (detail::hook_room<Store>() == 0) {
    static_assert(sizeof(mistake::store_without_room_for_hooks<Store>) != 0);
  }
  auto* table = node::of(*this).hooks();
  if (table == nullptr) return musubi::fail("a hook of another store");
  return table->attach({Stage::number, id.view(), &store,
                        reinterpret_cast<detail::hook_table::any_function>(
                            &detail::hook_call<Stage, Function, Store>::call)});
}

template <class Stage, class>
void context::detach_hook(literal id) noexcept {
  if (auto* table = node::of(*this).hooks()) table->detach(Stage::number, id.view());
}

}  // namespace musubi
