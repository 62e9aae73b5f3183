#pragma once
/// A mounted store: the untyped half, which is its `context`.

#include <musubi/page/context.hpp>
#include <musubi/page/page.hpp>

namespace musubi {

namespace detail {
class hook_table;
class stream_refs;
struct upload_list;
}  // namespace detail

/// A store of a page as the page sees it: the root, or a child.
class node : public context {
 public:
  /// Runs the handler for `message`.
  virtual page::progress execute(const command_message& message) noexcept = 0;
  /// A handler of this store ran: it is rendered in the next cycle.
  virtual void mark() noexcept = 0;
  /// The store, if it is of the type with this `type_key`; null otherwise.
  [[nodiscard]] virtual void* store_as(const char* type) noexcept = 0;

  /// What it has when its declarations ask for it; null otherwise.
  [[nodiscard]] virtual detail::stream_refs* streams() noexcept { return nullptr; }
  [[nodiscard]] virtual detail::hook_table* hooks() noexcept { return nullptr; }
  [[nodiscard]] virtual const detail::upload_list* uploads() const noexcept { return nullptr; }

  /// The store that places this one; null for the root.
  [[nodiscard]] node* owner() const noexcept { return place_ == nullptr ? nullptr : place_->owner; }

  /// Where it stands among the children of the page; null for the root.
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
  /// Destroys the store, whose memory is the caller's.
  virtual void destroy() noexcept = 0;
  /// Renders, and does for the children it places what has to be done. False when that failed, and
  /// the page ends.
  virtual bool render() noexcept = 0;
  /// Runs the hooks of this store that want to see what is sent.
  virtual void serialized() = 0;
  /// The client now has what was rendered.
  virtual void commit() noexcept = 0;

  void mark() noexcept final;
  [[nodiscard]] detail::child_place& place() const noexcept { return *place_; }

 protected:
  using node::node;
  ~child_node() = default;
};

/// Calls `use(node&)` for the stores from the root down to `target`, until one does not answer
/// `proceed`.
template <class Use>
verdict each_down_to(node* target, Use&& use) {
  if (target == nullptr) return verdict::proceed;
  const verdict above = each_down_to(target->owner(), use);
  return above == verdict::proceed ? use(*target) : above;
}

}  // namespace musubi
