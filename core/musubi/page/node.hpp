#pragma once
/// A mounted child store: the untyped half.

#include <cstdint>

#include <musubi/page/page.hpp>
#include <musubi/store/child.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

class node_tree;

/// One child store of a page, in a block of the pool `nodes`; its store_id follows it there. Linked
/// into the list of its owner's children.
class node : public context {
 public:
  node(node_tree& tree, node* owner, const char* type, detail::placed_base& state) noexcept
      : place{.owner = owner, .type = type, .state = &state}, tree_(&tree) {}
  /// Destroys the store, whose memory is the caller's.
  virtual void destroy() noexcept = 0;
  /// Runs the handler for `message`.
  virtual page::progress execute(const command_message& message) noexcept = 0;
  /// Renders, and does for the children it places what has to be done. False when that failed, and
  /// the page ends.
  virtual bool render() noexcept = 0;
  /// Runs the hooks of this store that want to see what is sent.
  virtual void serialized() = 0;
  /// What was rendered is what the client has now.
  virtual void commit() noexcept = 0;
  /// A handler of this store ran: it is rendered in the next cycle.
  void mark() noexcept;
  [[nodiscard]] bool is_changed() const noexcept { return place.changed; }

  std::string_view module() const noexcept final;
  std::string_view id() const noexcept final;
  time_point now() const noexcept final;
  void changed() noexcept final;
  std::string_view store_id() const noexcept final { return place.state->path; }
  void fail(const status& why) noexcept final;

  /// What the tree knows of it.
  struct place_in_tree {
    node* owner;       ///< null for the root
    const char* type;  ///< of the store
    detail::placed_base* state;
    node* first_child = nullptr;
    node* next = nullptr;           ///< child of the same owner
    node* next_changed = nullptr;   ///< to be rendered
    node* next_rendered = nullptr;  ///< in this cycle
    bool changed = false;           ///< since it was rendered last
    bool queued = false;            ///< among those to be rendered
    bool seen = false;              ///< placed, in the scan that is under way
    bool fresh = true;              ///< mounted in this cycle
    bool removed = false;           ///< not placed any more
  } place;

 protected:
  ~node() = default;
  status add_subscription(subscriber_list& to, void* store, const detail::delivery& how,
                          const void* source) noexcept final;
  [[nodiscard]] void* find(const char* type) const noexcept override;

  node_tree* tree_;
};

}  // namespace musubi
