#pragma once
/// The page of one root store: the typed half.

#include <musubi/mistake/all.hpp>

#include <new>
#include <type_traits>
#include <utility>

#include <musubi/store/internal/mistakes_of_store.hpp>
#include <musubi/store/internal/store_node.hpp>
#include <musubi/store/page/internal/outgoing.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/task/internal/async_runs.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

namespace detail {

/// The optional parts of a page: only those that its store and its descendants use.
template <bool Used>
struct outgoing_part {
  explicit outgoing_part(page&) noexcept {}
};
template <>
struct outgoing_part<true> {
  explicit outgoing_part(page& owner) noexcept : outgoing(owner) {}
  musubi::outgoing outgoing;
};
template <bool Used>
struct async_part {
  explicit async_part(page&) noexcept {}
};
template <>
struct async_part<true> {
  explicit async_part(page& owner) noexcept : asyncs(owner) {}
  async_runs asyncs;
};
template <bool Used>
struct upload_part {
  explicit upload_part(page&) noexcept {}
};
template <>
struct upload_part<true> {
  explicit upload_part(page& owner) noexcept : uploads(owner) {}
  upload_table uploads;
};
template <bool Used, class Params>
struct tree_part {
  explicit tree_part(page&) noexcept {}
};
template <class Params>
struct tree_part<true, Params> {
  explicit tree_part(page& owner) noexcept : tree(owner) {}
  Params params{};
  node_tree tree;
};
template <bool Used>
struct suspended_part {};
template <>
struct suspended_part<true> {
  command_run suspended;
};
/// The last part is destroyed first: what runs, before what it uses; the output of the tree's
/// stores is dropped with them.
template <class Store>
struct page_extras
    : outgoing_part<uses_outgoing<Store>>,
      upload_part<uses_uploads<Store>>,
      async_part<uses_async<Store>>,
      tree_part<holds_child<typename Store::State>(), typename params_of<Store>::type>,
      suspended_part<uses_coroutines<Store>> {
  explicit page_extras(page& owner) noexcept
      : outgoing_part<uses_outgoing<Store>>(owner),
        upload_part<uses_uploads<Store>>(owner),
        async_part<uses_async<Store>>(owner),
        tree_part<holds_child<typename Store::State>(), typename params_of<Store>::type>(owner) {}
};

/// Room for a `T`, whose owner makes and destroys it, and knows whether it is there.
template <class T>
union room_for {
  room_for() noexcept {}
  ~room_for() {}
  T value;
};

}  // namespace detail

/// A page with its root store: the typed half. It stores one State, as the client has it; a
/// rendered State is in the host's memory until it has been compared.
template <class Store, class Socket>
class root_page final : public page {
  static_assert(detail::tell(detail::mistakes_of_root<Store>()));
  using State = typename Store::State;
  using Params = typename detail::params_of<Store>::type;

 public:
  root_page(page_resources& resources, page_sink& sink, const Socket& socket) noexcept
      : page(resources, sink), socket_(socket) {}
  void destroy() noexcept override { this->~root_page(); }

  bool mount(std::string_view params, mount_error& error) noexcept override {
    Params typed{};
    error.params.absent_means_null = true;
    json::reader from(params);
    if (!params.empty() && !codec<Params>::read(from, typed, error.params)) {
      error.bad_params = true;
      return false;
    }
    if constexpr (has_children) extras_.params = typed;
    busy();
    const bool finished = detail::guarded([&] {
      error.why = call_mount(typed);
      if (!error.why.ok()) return;
      root_changed_ = false;
      State& first = root_.render_into([this](auto&& call) -> State& {
        State* const made = new (&sent_.value) State(call());
        has_state_ = true;
        return *made;
      });
      if (!place(first, nullptr)) {
        error.why = tree()->failure();
        return;
      }
      root_.run_render_hooks(first);
      serialized(first);
    });
    if (finished && error.why.ok()) commit();
    idle();
    if (!finished) error.why = musubi::fail("the store threw");
    if (failed() && error.why.ok()) error.why = musubi::fail("the page failed while mounting");
    return error.why.ok();
  }

  /// The State as rendered last.
  [[nodiscard]] const State& state() const noexcept { return sent_.value; }
  [[nodiscard]] Store& store() noexcept { return root_.store(); }
  void write_state(json::writer& out) const noexcept override {
    detail::write_store<Store>(out, {}, sent_.value);
  }

  void terminate(std::string_view reason) noexcept override {
    busy();
    if constexpr (requires { store().terminate(reason, root_.context()); }) {
      (void)detail::guarded([&] { store().terminate(reason, root_.context()); });
    }
  }

  [[nodiscard]] node& root() noexcept override { return root_; }
  [[nodiscard]] std::string_view module() const noexcept override { return Store::module; }
  [[nodiscard]] command_run* suspended() noexcept override {
    if constexpr (has_coroutines) {
      return &extras_.suspended;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] outgoing* said() noexcept override {
    if constexpr (has_outgoing) {
      return &extras_.outgoing;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] async_runs* tasks() noexcept override {
    if constexpr (has_async) {
      return &extras_.asyncs;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] upload_table* uploads() noexcept override {
    if constexpr (takes_files) {
      return &extras_.uploads;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] node_tree* tree() noexcept override {
    if constexpr (has_children) {
      return &extras_.tree;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] const void* shared(const char* type) const noexcept override {
    if (type == &detail::type_key<Socket>) return &socket_;
    if constexpr (requires { typename Socket::visitor; }) {
      using visitor = typename Socket::visitor;
      if (type == &detail::type_key<visitor>) return static_cast<const visitor*>(&socket_);
    }
    if constexpr (has_children) {
      if (type == &detail::type_key<Params>) return &extras_.params;
    }
    return nullptr;
  }

 private:
  ~root_page() {
    if (has_state_) sent_.value.~State();
  }

  status call_mount(const Params& params) {
    Store& store = this->store();
    context& ctx = root_.context();
    status mounted;
    if constexpr (requires { store.mount(params, ctx); }) {
      mounted = store.mount(params, ctx);
    } else if constexpr (requires { store.mount(ctx); }) {
      mounted = store.mount(ctx);
    }
    if constexpr (requires { store.init(ctx); }) {
      if (mounted.ok()) mounted = detail::status_of([&] { return store.init(ctx); });
    }
    if (mounted.ok()) root_.announce_uploads();
    return mounted;
  }

  bool render_changes(operations& ops) noexcept override {
    bool rendered = false;
    const bool finished = detail::guarded([&] { rendered = render_and_compare(ops); });
    if (!finished) explain(musubi::fail("the store threw while it was rendered"));
    if constexpr (has_children) {
      if (finished && !rendered) explain(extras_.tree.failure());
    }
    return finished && rendered;
  }

  bool render_and_compare(operations& ops) {
    if constexpr (has_children) {
      if (!root_changed_) return compare_below(ops);
    }
    root_changed_ = false;
    // not on the stack: a State may be large, and stacks of microcontrollers are not
    struct scratch {
      State* state = nullptr;
      ~scratch() {
        if (state != nullptr) state->~State();
      }
    } next;
    root_.render_into([&](auto&& call) -> State& {
      next.state = new (static_cast<void*>(resources_->render.data())) State(call());
      return *next.state;
    });
    if (!place(*next.state, &sent_.value)) return false;
    root_.run_render_hooks(*next.state);
    serialized(*next.state);
    const stopwatch comparing(resources_->observed);
    codec<State>::diff(ops, pointer::root(), sent_.value, *next.state);
    detail::tell_diff(resources_->observed, root_, comparing, ops.count());
    sent_.value = std::move(*next.state);
    commit();
    return true;
  }

  /// A cycle in which the root does not change.
  bool compare_below(operations& ops) {
    node_tree& tree = extras_.tree;
    if (!tree.render_changed() || !tree.check_fresh()) return false;
    serialized(sent_.value);
    const stopwatch comparing(resources_->observed);
    detail::diff_below(ops, pointer::root(), sent_.value,
                       detail::touched_children(&sent_.value, tree.touched()));
    detail::tell_diff(resources_->observed, root_, comparing, ops.count());
    commit();
    return true;
  }

  /// Finds the children that the root places, and renders those that have changed.
  bool place([[maybe_unused]] const State& state, [[maybe_unused]] const State* before) {
    if constexpr (has_children) {
      store_path path;
      const stopwatch resolving(resources_->observed);
      if (!detail::place_children(root_, state, before, path) || !extras_.tree.render_changed() ||
          !extras_.tree.check_fresh()) {
        return false;
      }
      detail::tell_resolve(resources_->observed, root_, Store::module, resolving);
    }
    return true;
  }
  void commit() noexcept {
    if constexpr (has_children) extras_.tree.commit();
  }

  void write_outgoing(envelope& into) noexcept override {
    if constexpr (has_outgoing) extras_.outgoing.write(into);
  }
  verdict before_command(context& target, const command_info& command) override {
    return run_chain<musubi::before_command>(target, command);
  }
  verdict after_command(context& target, const command_info& command) override {
    return run_chain<musubi::after_command>(target, command);
  }
  verdict before_async(context& target, const async_info& done) override {
    return run_chain<musubi::before_async>(target, done);
  }
  bool info_wanted(message_info told) noexcept override {
    verdict decided = verdict::proceed;
    if constexpr (root_type::hook_room != 0) {
      const bool ran = detail::guarded(
          [&] { decided = root_.hooks()->template run<musubi::before_info>(told, root_); });
      if (!ran) {
        explain(musubi::fail("a hook threw"));
        page::fail();
      }
    }
    return decided == verdict::proceed && !failed();
  }
  /// The hooks of a stage, from the root down to `target`.
  template <class Stage>
  verdict run_chain(context& target, typename Stage::subject of) {
    if constexpr (has_hooks) {
      return each_down_to(&node::of(target), [&](node& each) {
        const detail::hook_table* const table = each.hooks();
        return table == nullptr ? verdict::proceed : table->template run<Stage>(of, each);
      });
    } else {
      return verdict::proceed;
    }
  }
  /// Runs the `after_serialize` hooks.
  void serialized(const State& state) {
    if constexpr (has_hooks) {
      root_.run_serialize_hooks(state);
      if constexpr (has_children) extras_.tree.each([](child_node& each) { each.serialized(); });
    }
  }

  void cycle_postponed() noexcept override {
    if constexpr (has_outgoing) extras_.outgoing.next_cycle();
  }
  void store_gone(const context& gone) noexcept override {
    if constexpr (has_async) extras_.asyncs.store_gone(gone);
    if constexpr (has_outgoing) extras_.outgoing.forget(gone.store_id());
    if constexpr (takes_files) extras_.uploads.forget(gone);
  }

  progress execute_below(const command_message& message) noexcept override {
    if constexpr (has_children) {
      return extras_.tree.execute(message);
    } else {
      return page::execute_below(message);
    }
  }

  static constexpr bool has_children = detail::holds_child<State>();
  static constexpr bool has_coroutines = detail::uses_coroutines<Store>;
  static constexpr bool has_outgoing = detail::uses_outgoing<Store>;
  static constexpr bool has_async = detail::uses_async<Store>;
  static constexpr bool has_hooks = detail::uses_hooks<Store>;
  static constexpr bool takes_files = detail::uses_uploads<Store>;

  struct root_type final : store_node<Store, root_node> {
    using store_node<Store, root_node>::store_node;
  };

  [[no_unique_address]] Socket socket_;
  [[no_unique_address]] root_type root_{*this};
  [[no_unique_address]] detail::room_for<State> sent_;
  [[no_unique_address]] detail::page_extras<Store> extras_{*this};
};

}  // namespace musubi
