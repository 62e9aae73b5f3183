#pragma once
/// The child stores of one page, and what becomes of them in a cycle (contract sections 5.3 to
/// 5.5).
///
///   begin -> the owners that changed are rendered; each render is scanned for children
///         -> the difference is written -> commit: what is not placed any more is destroyed

#include <musubi/page/node.hpp>
#include <musubi/store/store_path.hpp>

namespace musubi {

class node_tree {
 public:
  explicit node_tree(page& owner) noexcept : page_(&owner) {}
  node_tree(const node_tree&) = delete;
  node_tree& operator=(const node_tree&) = delete;
  ~node_tree();

  [[nodiscard]] page& owner() noexcept { return *page_; }
  /// The store with this store_id, or null.
  [[nodiscard]] node* at(std::string_view path) noexcept;
  /// Runs a command on the store that it names.
  page::progress execute(const command_message& message) noexcept;

  // --- a cycle ---
  /// Renders what changed beneath; the root was rendered before, if it had to be. False with the
  /// reason in `failure`.
  [[nodiscard]] bool render_changed() noexcept;
  /// What was mounted in this cycle has a store_id of its own. False with the reason in `failure`.
  [[nodiscard]] bool check_fresh() noexcept;
  /// This store was rendered in this cycle; its children are scanned next.
  void rendered(node& done) noexcept;
  /// Whether something beneath the root was rendered in this cycle.
  [[nodiscard]] bool rendered() const noexcept { return rendered_ != nullptr; }
  /// Calls `use(node&)` for the stores above `target` and for itself, root's children first, until
  /// one does not answer `proceed`.
  template <class Use>
  static verdict each_above(node* target, Use&& use) {
    if (target == nullptr) return verdict::proceed;
    const verdict above = each_above(target->place.owner, use);
    return above == verdict::proceed ? use(*target) : above;
  }
  /// Calls `use(node&)` for every store, those of the least depth first.
  template <class Use>
  void each(Use&& use) {
    for (std::size_t depth = 1; at_depth(first_child_, depth, use); ++depth) {
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
  void queue(node& changed) noexcept;

 private:
  friend class placement_scan;
  node*& children_of(node* owner) noexcept {
    return owner == nullptr ? first_child_ : owner->place.first_child;
  }
  [[nodiscard]] static node* search(node* first, std::string_view path,
                                    const node* except) noexcept;
  [[nodiscard]] node* named_by(std::string_view store_id) noexcept;
  void unqueue(node& gone) noexcept;
  /// False when there is none so deep.
  template <class Use>
  static bool at_depth(node* first, std::size_t depth, Use& use) {
    bool found = false;
    for (node* each = first; each != nullptr; each = each->place.next) {
      const std::size_t own = detail::depth(each->store_id());
      if (own == depth) use(*each);
      found |= own >= depth;
      if (own < depth) found |= at_depth(each->place.first_child, depth, use);
    }
    return found;
  }
  [[nodiscard]] static node* take_shallowest(node*& from) noexcept;
  void remove(node& gone) noexcept;
  void destroy(node& gone) noexcept;
  void destroy_all(node* first) noexcept;

  page* page_;
  node* first_child_ = nullptr;  // of the root
  node* changed_ = nullptr;
  node* rendered_ = nullptr;
  node* removed_ = nullptr;
  status failure_;
};

/// One look at the children that an owner places now.
class placement_scan {
 public:
  /// `owner` is null for the root.
  placement_scan(node_tree& tree, node* owner) noexcept;
  /// The next child after the one placed last, if it has this type and the store_id `id` beneath
  /// `above`. Null otherwise: the child may then be elsewhere, and `match` finds it.
  [[nodiscard]] node* next(std::string_view above, std::string_view id,
                           const char* type) const noexcept;
  /// The mounted child of this owner with that store_id and type, or null.
  [[nodiscard]] node* match(std::string_view path, const char* type) noexcept;
  /// It is placed. False when it was placed before in this scan.
  [[nodiscard]] bool take(node& found) noexcept;
  /// Memory for a child with that store_id; null with the reason in the tree's `failure`.
  [[nodiscard]] void* allocate(std::size_t store_bytes, std::string_view path) noexcept;
  /// It was made in that memory: places it.
  void add(node& fresh) noexcept;
  /// Children that were not placed are to be destroyed.
  void finish() noexcept;

  [[nodiscard]] node_tree& tree() noexcept { return *tree_; }
  [[nodiscard]] node* owner() noexcept { return owner_; }

 private:
  node_tree* tree_;
  node* owner_;
  node* cursor_ = nullptr;  // the one that was placed last: the next one is likely to follow it
};

}  // namespace musubi
