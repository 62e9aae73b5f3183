#pragma once
/// A mounted store: the untyped half, which is its `context`.

#include <musubi/store/context.hpp>
#include <musubi/store/page/internal/page.hpp>

namespace musubi {

namespace detail {
class hook_table;
class stream_refs;
struct upload_list;
}  // namespace detail

/// A store of a page, root or child, as the page sees it.
class node : public context {
 public:
  /// Runs the handler for `message`.
  virtual page::progress execute(const command_message& message) noexcept = 0;
  /// Marks the store, whose handler has run, to be rendered in the next cycle.
  virtual void mark() noexcept = 0;
  /// The store, if it is of the type with this `type_key`; null otherwise.
  [[nodiscard]] virtual void* store_as(const char* type) noexcept = 0;

  /// Optional parts, which exist if the store declares them; null otherwise.
  [[nodiscard]] virtual detail::stream_refs* streams() noexcept { return nullptr; }
  [[nodiscard]] virtual detail::hook_table* hooks() noexcept { return nullptr; }
  [[nodiscard]] virtual const detail::upload_list* uploads() const noexcept { return nullptr; }

  /// The store that places this one; null for the root.
  [[nodiscard]] node* owner() const noexcept { return place_ == nullptr ? nullptr : place_->owner; }

  /// Its place among the children of the page; null for the root.
  [[nodiscard]] detail::child_place* place_or_null() const noexcept { return place_; }

  /// The node behind a store's context.
  [[nodiscard]] static node& of(context& store) noexcept { return static_cast<node&>(store); }
  [[nodiscard]] static const node& of(const context& store) noexcept {
    return static_cast<const node&>(store);
  }

 protected:
  using context::context;
  ~node() = default;
};

/// The root of a page: the node with the empty path.
class root_node : public node {
 public:
  explicit root_node(page& on) noexcept : node(on, nullptr) {}
  void mark() noexcept final { page_->mark_root(); }

 protected:
  ~root_node() = default;
};

/// A child store, in a block of the pool `nodes`; its store_id follows it there. Linked into the
/// list of its owner's children.
class child_node : public node {
 public:
  /// Destroys the store, whose memory belongs to the caller.
  virtual void destroy() noexcept = 0;
  /// Renders, and mounts, updates or removes the children it places. Returns false on error; the
  /// page then ends.
  virtual bool render() noexcept = 0;
  /// Runs the `after_serialize` hooks of this store.
  virtual void serialized() = 0;
  /// The rendered State has been sent to the client.
  virtual void commit() noexcept = 0;

  void mark() noexcept final;
  [[nodiscard]] detail::child_place& place() const noexcept { return *place_; }

 protected:
  using node::node;
  ~child_node() = default;
};

/// Calls `use(node&)` for the stores from the root down to `target`, until a call does not return
/// `proceed`.
template <class Use>
verdict each_down_to(node* target, Use&& use) {
  if (target == nullptr) return verdict::proceed;
  const verdict above = each_down_to(target->owner(), use);
  return above == verdict::proceed ? use(*target) : above;
}

}  // namespace musubi
