#pragma once
/// The child stores of one page, and what becomes of them in a cycle (contract sections 5.3 to
/// 5.5).
///
///   begin -> the owners that changed are rendered; each render is scanned for children
///         -> the difference is written -> commit: what is no longer placed is destroyed

#include <musubi/store/internal/node.hpp>
#include <musubi/store/internal/store_path.hpp>

namespace musubi {

class node_tree {
 public:
  explicit node_tree(page& owner) noexcept : page_(&owner) {}
  node_tree(const node_tree&) = delete;
  node_tree& operator=(const node_tree&) = delete;
  ~node_tree();

  /// The store with this store_id, or null.
  [[nodiscard]] child_node* at(std::string_view path) noexcept;
  /// Runs a command on the store that it names.
  page::progress execute(const command_message& message) noexcept;

  // --- a cycle ---
  /// Renders what changed below the root, which was rendered before if it had to be. False with the
  /// reason in `failure`.
  [[nodiscard]] bool render_changed() noexcept;
  /// What was mounted in this cycle has a store_id of its own. False with the reason in `failure`.
  [[nodiscard]] bool check_fresh() noexcept;
  /// This store was rendered in this cycle; its children are scanned next.
  void rendered(child_node& done) noexcept;
  /// The root's children of which something was rendered in this cycle, the last first.
  [[nodiscard]] detail::child_place* touched() noexcept { return touched_; }
  /// Calls `use(child_node&)` for every store, those of the least depth first.
  template <class Use>
  void each(Use&& use) {
    for (std::uint16_t depth = 1; at_depth(first_child_, depth, use); ++depth) {
    }
  }

  /// The client has it all now.
  void commit() noexcept;
  /// Why a cycle failed.
  [[nodiscard]] const status& failure() const noexcept { return failure_; }
  bool fails(const status& why) noexcept {
    failure_ = why;
    return false;
  }

  /// A store changed: it is rendered in the next cycle.
  void queue(child_node& changed) noexcept;

 private:
  friend class placement_scan;
  [[nodiscard]] child_node*& children_of(node& owner) noexcept {
    detail::child_place* const place = owner.place_or_null();
    return place == nullptr ? first_child_ : place->first_child;
  }
  [[nodiscard]] detail::child_place*& touched_of(node& owner) noexcept {
    detail::child_place* const place = owner.place_or_null();
    return place == nullptr ? touched_ : place->touched;
  }
  /// Begins a scan of the owner's children, none of which it has placed: the mark of those it has.
  [[nodiscard]] bool begin_scan(node& owner) noexcept {
    detail::child_place* const place = owner.place_or_null();
    bool& mark = place == nullptr ? scan_mark_ : place->scan_mark;
    mark = !mark;
    return mark;
  }
  [[nodiscard]] child_node* named_by(std::string_view store_id) noexcept;
  void touch(detail::child_place& place) noexcept;
  void unqueue(child_node& gone) noexcept;
  /// Returns false if no store is that deep.
  template <class Use>
  static bool at_depth(child_node* first, std::uint16_t depth, Use& use) {
    bool found = false;
    for (child_node* each = first; each != nullptr; each = each->place().next) {
      const std::uint16_t own = each->place().depth;
      if (own == depth) use(*each);
      found |= own >= depth;
      if (own < depth) found |= at_depth(each->place().first_child, depth, use);
    }
    return found;
  }
  bool render_one(child_node& changed) noexcept;
  void remove(child_node& gone) noexcept;
  void destroy(child_node& gone) noexcept;
  void destroy_all(child_node* first) noexcept;

  page* page_;
  child_node* first_child_ = nullptr;  // of the root
  detail::child_place* touched_ = nullptr;
  child_node* changed_ = nullptr;
  child_node* rendered_ = nullptr;
  child_node* removed_ = nullptr;
  status failure_;
  bool scan_mark_ = false;  // of the root
};

/// One look at the children that an owner places now.
class placement_scan {
 public:
  /// `state` is the State of the owner that is looked at, `before` the one that placed its children
  /// until now; null if there is none.
  placement_scan(node_tree& tree, node& owner, const void* state, const void* before) noexcept
      : tree_(&tree),
        owner_(&owner),
        state_(static_cast<const char*>(state)),
        before_(static_cast<const char*>(before)),
        mark_(tree.begin_scan(owner)) {}
  /// The next child after the one placed last, if what stands in place of `placement` in the State
  /// before is that child, with the same id. Null otherwise: `next` or `match` may find it.
  /// The offset tells the type, and all of the store_id but the id.
  template <class Placement>
  [[nodiscard]] child_node* unmoved(const Placement& placement) const noexcept {
    child_node* const candidate = this->candidate();
    if (candidate == nullptr || before_ == nullptr) return nullptr;
    const detail::child_place& place = candidate->place();
    if (place.offset != offset_of(&placement)) return nullptr;
    const auto& before = *reinterpret_cast<const Placement*>(before_ + place.offset);
    return before.at() == &place && before.same_id(placement) ? candidate : nullptr;
  }
  /// The next child after the one placed last, if it has this type and the store_id `id` below
  /// `above`. Null otherwise: the child may then be elsewhere, and `match` finds it.
  [[nodiscard]] child_node* next(std::string_view above, std::string_view id,
                                 const char* type) const noexcept;
  /// The mounted child of this owner with that store_id and type, or null.
  [[nodiscard]] child_node* match(std::string_view path, const char* type) noexcept;
  /// It is placed, by `placement` in the State. False when it was placed before in this scan.
  [[nodiscard]] bool take(child_node& found, const void* placement) noexcept {
    detail::child_place& place = found.place();
    if (place.placed_mark == mark_) return duplicate();
    place.placed_mark = mark_;
    place.offset = offset_of(placement);
    cursor_ = &found;
    return true;
  }
  /// Memory for a child with that store_id; null with the reason in the tree's `failure`.
  [[nodiscard]] void* allocate(std::size_t store_bytes, std::string_view path) noexcept;
  /// It was made in that memory: places it.
  void add(child_node& fresh, const void* placement) noexcept;
  /// Children that were not placed are to be destroyed.
  void finish() noexcept;

  [[nodiscard]] node_tree& tree() noexcept { return *tree_; }
  [[nodiscard]] node& owner() noexcept { return *owner_; }

 private:
  /// The one that follows the one placed last.
  [[nodiscard]] child_node* candidate() const noexcept {
    return cursor_ != nullptr ? cursor_->place().next : tree_->children_of(*owner_);
  }
  bool duplicate() noexcept;
  void remove(child_node*& at) noexcept;
  [[nodiscard]] std::uint32_t offset_of(const void* placement) const noexcept {
    return static_cast<std::uint32_t>(static_cast<const char*>(placement) - state_);
  }

  node_tree* tree_;
  node* owner_;
  const char* state_;
  const char* before_;
  child_node* cursor_ = nullptr;  // placed last: the next one is likely to follow it
  bool mark_;
  bool in_order_ = true;  // placed are those up to the cursor, and no others
};

}  // namespace musubi
