#pragma once
/// The page of one root store: the typed half.

#include <musubi/mistake/all.hpp>

#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <musubi/memory/slice.hpp>
#include <musubi/page/async_runs.hpp>
#include <musubi/page/child_node.hpp>
#include <musubi/page/command_runner.hpp>
#include <musubi/page/mistakes_of_store.hpp>
#include <musubi/page/outgoing.hpp>
#include <musubi/page/page.hpp>
#include <musubi/page/store_calls.hpp>
#include <musubi/page/store_features.hpp>
#include <musubi/page/upload_table.hpp>
#include <musubi/store/codec_child.hpp>
#include <musubi/store/guard.hpp>

namespace musubi {

namespace detail {

/// What a page has beyond its store: only what the store and those beneath it use.
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
/// The last part is destroyed first: what the stores of the tree said goes with them.
template <class Store>
struct page_extras
    : outgoing_part<uses_outgoing<Store>>,
      upload_part<uses_uploads<Store>>,
      async_part<uses_async<Store>>,
      tree_part<holds_child<typename Store::State>(), typename params_of<Store>::type> {
  explicit page_extras(page& owner) noexcept
      : outgoing_part<uses_outgoing<Store>>(owner),
        upload_part<uses_uploads<Store>>(owner),
        async_part<uses_async<Store>>(owner),
        tree_part<holds_child<typename Store::State>(), typename params_of<Store>::type>(owner) {}
};

}  // namespace detail

/// Holds the store, the state the client was sent last, and the root's copy of the socket.
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
      const stopwatch rendering(resources_->observed);
      sent_.emplace(detail::call_render(store_, static_cast<const context&>(*this)));
      detail::tell_render(resources_->observed, *this, Store::module, rendering);
      if constexpr (has_children) {
        if (!place(*sent_)) {
          error.why = extras_.tree.failure();
          return;
        }
      }
      if constexpr (hook_room != 0) hooks_.rendered(*sent_, static_cast<context&>(*this));
      serialized(*sent_);
    });
    if (finished && error.why.ok()) commit();
    idle();
    if (!finished) error.why = musubi::fail("the store threw");
    if (failed() && error.why.ok()) error.why = musubi::fail("the page failed while mounting");
    return error.why.ok();
  }

  /// As it was rendered last.
  [[nodiscard]] const State& state() const noexcept { return *sent_; }
  [[nodiscard]] Store& store() noexcept { return store_; }
  void write_state(json::writer& out) const noexcept override {
    detail::write_store<Store>(out, {}, *sent_);
  }

  void terminate(std::string_view reason) noexcept override {
    busy();
    if constexpr (requires { store_.terminate(reason, static_cast<context&>(*this)); }) {
      (void)detail::guarded([&] { store_.terminate(reason, static_cast<context&>(*this)); });
    }
  }

 private:
  ~root_page() { running_.reset(); }

  status call_mount(const Params& params) {
    status mounted;
    if constexpr (requires { store_.mount(params, static_cast<context&>(*this)); }) {
      mounted = store_.mount(params, static_cast<context&>(*this));
    } else if constexpr (requires { store_.mount(static_cast<context&>(*this)); }) {
      mounted = store_.mount(static_cast<context&>(*this));
    }
    if constexpr (requires { store_.init(static_cast<context&>(*this)); }) {
      if (mounted.ok()) mounted = detail::status_of([&] { return store_.init(*this); });
    }
    if constexpr (detail::has_uploads<Store>) {
      if (mounted.ok()) extras_.uploads.announce(*this, uploads::list);
    }
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
      if (!root_changed_) {
        if (!extras_.tree.render_changed() || !extras_.tree.check_fresh()) return false;
        serialized(*sent_);
        const stopwatch comparing(resources_->observed);
        if (extras_.tree.rendered()) detail::diff_beneath(ops, pointer::root(), *sent_);
        detail::tell_diff(resources_->observed, *this, comparing, ops.count());
        commit();
        return true;
      }
    }
    root_changed_ = false;
    // not on the stack: a State may be large, and stacks of microcontrollers are not
    struct scratch {
      State* state;
      ~scratch() { state->~State(); }
    };
    const stopwatch rendering(resources_->observed);
    scratch next{new (static_cast<void*>(resources_->render.data()))
                     State(detail::call_render(store_, static_cast<const context&>(*this)))};
    detail::tell_render(resources_->observed, *this, Store::module, rendering);
    if constexpr (has_children) {
      if (!place(*next.state)) return false;
    }
    if constexpr (hook_room != 0) hooks_.rendered(*next.state, static_cast<context&>(*this));
    serialized(*next.state);
    const stopwatch comparing(resources_->observed);
    codec<State>::diff(ops, pointer::root(), *sent_, *next.state);
    detail::tell_diff(resources_->observed, *this, comparing, ops.count());
    *sent_ = std::move(*next.state);
    commit();
    return true;
  }

  /// Finds the children that the root places, and renders what changed beneath.
  bool place(const State& state) {
    store_path path;
    const stopwatch resolving(resources_->observed);
    if (!detail::place_children(extras_.tree, nullptr, state, path) ||
        !extras_.tree.render_changed() || !extras_.tree.check_fresh()) {
      return false;
    }
    detail::tell_resolve(resources_->observed, *this, Store::module, resolving);
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
  bool info_wanted(const message_info& told) noexcept override {
    verdict decided = verdict::proceed;
    if constexpr (hook_room != 0) {
      const bool ran =
          detail::guarded([&] { decided = hooks_.template run<musubi::before_info>(told, *this); });
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
      if constexpr (hook_room != 0) {
        const verdict own = hooks_.template run<Stage>(of, *this);
        if (own != verdict::proceed) return own;
      }
      if constexpr (has_children) {
        node* const below = &target == this ? nullptr : static_cast<node*>(&target);
        return node_tree::each_above(below, [&](node& each) {
          const auto* table = static_cast<context&>(each).template find<detail::hook_table>();
          return table == nullptr ? verdict::proceed : table->template run<Stage>(of, each);
        });
      }
    }
    return verdict::proceed;
  }
  /// What is sent is settled: the hooks that want to see it do.
  void serialized(const State& state) {
    if constexpr (has_hooks) {
      if constexpr (hook_room != 0) hooks_.sent(state, static_cast<context&>(*this));
      if constexpr (has_children) extras_.tree.each([](node& each) { each.serialized(); });
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

  void* find_shared(const char* type) const noexcept override {
    auto& self = const_cast<root_page&>(*this);
    if (type == &detail::type_key<Socket>) return &self.socket_;
    if (type == &detail::type_key<Store>) return &self.store_;
    if (type == &detail::type_key<page>) return static_cast<page*>(&self);
    if constexpr (has_children) {
      if (type == &detail::type_key<Params>) return &self.extras_.params;
      if (type == &detail::type_key<node_tree>) return &self.extras_.tree;
    }
    if constexpr (has_outgoing) {
      if (type == &detail::type_key<outbound>) {
        return static_cast<outbound*>(&self.extras_.outgoing);
      }
    }
    if constexpr (has_async) {
      if (type == &detail::type_key<detail::async_runner>) {
        return static_cast<detail::async_runner*>(&self.extras_.asyncs);
      }
    }
    if constexpr (takes_files) {
      if (type == &detail::type_key<upload_table>) return &self.extras_.uploads;
      if (type == &detail::type_key<upload_book>) {
        return static_cast<upload_book*>(&self.extras_.uploads);
      }
    }
    return nullptr;
  }
  void* find(const char* type) const noexcept override {
    if constexpr (detail::stream_count<State>() != 0) {
      if (type == &detail::type_key<detail::stream_refs>) {
        return static_cast<detail::stream_refs*>(const_cast<streams*>(&streams_));
      }
    }
    if constexpr (hook_room != 0) {
      if (type == &detail::type_key<detail::hook_table>) {
        return static_cast<detail::hook_table*>(const_cast<hook_list*>(&hooks_));
      }
    }
    if constexpr (detail::has_uploads<Store>) {
      if (type == &detail::type_key<detail::upload_list>) {
        return const_cast<detail::upload_list*>(&uploads::list);
      }
    }
    return find_shared(type);
  }

  progress execute(const command_message& message) noexcept override {
    if (message.store_id == "[]" || is_empty_array(message.store_id)) {
      return detail::command_runner<Store, page>::run(*this, *this, store_, message);
    }
    if constexpr (has_children) {
      return extras_.tree.execute(message);
    } else {
      refuse(message.ref, "unknown store");
      return progress::rejected;
    }
  }
  static bool is_empty_array(std::string_view text) noexcept {
    return slice(text, 1, text.size() - 2).find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  static constexpr bool has_children = detail::holds_child<State>();
  static constexpr bool has_outgoing = detail::uses_outgoing<Store>;
  static constexpr bool has_async = detail::uses_async<Store>;
  static constexpr bool has_hooks = detail::uses_hooks<Store>;
  static constexpr std::size_t hook_room = detail::hook_room<Store>();
  using hook_list = detail::hooks_of<Store>;
  static constexpr bool takes_files = detail::uses_uploads<Store>;
  using uploads = detail::upload_calls<root_page, Store>;
  using streams = detail::stream_table_of<State>;

  [[no_unique_address]] Socket socket_;
  Store store_{};
  std::optional<State> sent_;
  [[no_unique_address]] streams streams_;
  [[no_unique_address]] hook_list hooks_;
  [[no_unique_address]] detail::page_extras<Store> extras_{*this};
};

}  // namespace musubi
