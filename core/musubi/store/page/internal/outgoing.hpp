#pragma once
/// What a page says beside its state, until the next envelope takes it along.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/store/page/internal/envelope.hpp>
#include <musubi/store/page/internal/late_operation.hpp>

namespace musubi {

class page;

/// A list of things written out already, in the order in which they leave: stream operations,
/// upload operations, events; each by store (contract section 5.3), then by stream, then resets
/// before inserts before deletes (section 7.5). Each thing takes one or more blocks of the pool
/// `outgoing`.
class outgoing final : private json::output {
 public:
  /// In which order things of one store leave (contract sections 5.3 and 7.5).
  enum class kind : std::uint8_t {
    stream_reset,
    stream_insert,
    stream_delete,
    upload,
    late_upload,
    event,
  };

  explicit outgoing(page& owner) noexcept : page_(&owner) {}
  outgoing(const outgoing&) = delete;
  outgoing& operator=(const outgoing&) = delete;
  ~outgoing();

  /// Starts one thing to say for the store `store_id`, of its stream `ref`; null when there is no
  /// room, and then the page has ended: the browser would miss something.
  [[nodiscard]] json::writer* begin(kind what, std::string_view store_id,
                                    std::uint8_t ref) noexcept;
  void end() noexcept;
  /// Queues `what` for the store `store_id` unless it is queued. It stays in place until it has
  /// left or is withdrawn.
  void queue(std::string_view store_id, late_operation& what) noexcept;
  void withdraw(late_operation& what) noexcept;
  /// Whether that stream is reset in this cycle already.
  [[nodiscard]] bool resetting(std::string_view store_id, std::uint8_t ref) const noexcept;

  /// Takes back the events of a store.
  void drop_events(std::string_view store_id) noexcept {
    drop(store_id, [](const thing& each) noexcept { return each.what == kind::event; });
  }

  /// What comes from now on belongs to a later cycle: to a client that is behind, both go in one
  /// envelope, and their order must hold.
  void next_cycle() noexcept {
    if (first_ != nullptr) ++cycle_;
  }
  /// Moves everything into `into`.
  void write(envelope& into) noexcept;
  /// The store is gone, and what it said with it.
  void forget(std::string_view store_id) noexcept {
    drop(store_id, [](const thing&) noexcept { return true; });
  }

  /// Bytes of a block that are not the text's, in the first one of a thing.
  [[nodiscard]] static constexpr std::size_t overhead() noexcept { return sizeof(thing); }

 private:
  struct block {
    block* more = nullptr;
    std::uint16_t used = 0;  // of the bytes behind this header, or behind the thing's
  };
  struct thing : block {
    thing* next = nullptr;
    std::string_view store_id;
    late_operation* late = nullptr;  ///< writes the text when it leaves; null: it is written
    std::uint16_t cycle = 0;
    kind what{};
    std::uint8_t ref = 0;
  };

  template <class Which>
  void drop(std::string_view store_id, Which which) noexcept;

  /// A store_id stands where its store does: one that takes the place of another in a cycle has the
  /// same text, elsewhere.
  [[nodiscard]] static bool same_store(std::string_view a, std::string_view b) noexcept {
    return a.data() == b.data();
  }
  static void write_text(const thing& from, json::writer& out) noexcept;
  bool make_room() noexcept override;
  /// Another block for this page; null if none is free, or the page has used up its share.
  [[nodiscard]] void* take_block() noexcept;
  void release(thing& gone) noexcept;
  void tell() noexcept;
  void insert(thing& fresh) noexcept;
  [[nodiscard]] static bool goes_before(const thing& a, const thing& b) noexcept;
  void close_block() noexcept;

  page* page_;
  thing* first_ = nullptr;
  thing* last_ = nullptr;
  thing* open_ = nullptr;        // being written
  block* open_block_ = nullptr;  // its last block
  char* open_begin_ = nullptr;
  json::writer writer_{*this};
  std::uint16_t cycle_ = 0;
  std::uint16_t blocks_ = 0;
};

template <class Which>
void outgoing::drop(std::string_view store_id, Which which) noexcept {
  thing** at = &first_;
  last_ = nullptr;
  while (thing* each = *at) {
    if (same_store(each->store_id, store_id) && which(*each)) {
      *at = each->next;
      if (each->late != nullptr) each->late->queued = false;
      release(*each);
    } else {
      last_ = each;
      at = &each->next;
    }
  }
}

}  // namespace musubi
