#pragma once
/// What a client knows of one root: its tree and its streams (contract sections 13.3 and 13.4).

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/json/document.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/memory/internal/arena.hpp>

namespace musubi {

/// One cycle of a root, as it arrived: views of its message.
struct envelope_text {
  std::string_view root_id;  ///< still spelt as in JSON, with its quotes
  std::int64_t base_version = 0;
  std::int64_t version = 0;
  std::string_view ops;         ///< an array
  std::string_view stream_ops;  ///< an array
  std::string_view events;      ///< an array, or empty
};

/// Reads a `patch` payload; false when it is not an envelope (contract section 6.1).
[[nodiscard]] bool read_envelope(std::string_view payload, envelope_text& into) noexcept;

/// Memory for one envelope at a time, shared by all roots.
struct replica_tools {
  arena* tree;
  std::span<char> text;
};

/// The state of one root as JSON text. Applying an envelope makes a tree of it, changes that, and
/// writes it again: so it takes little memory while nothing happens, and an envelope that does not
/// fit changes nothing.
class replica {
 public:
  explicit replica(std::span<char> room) noexcept : room_(room) {}

  /// The version of the last envelope applied; 0 while a first envelope is awaited.
  [[nodiscard]] std::int64_t version() const noexcept { return version_; }
  /// Whether `envelope` continues where this state stands.
  [[nodiscard]] bool accepts(const envelope_text& envelope) const noexcept {
    return envelope.base_version == version_ && envelope.version == version_ + 1;
  }
  /// Applies an accepted envelope. Returns why it could not be; then nothing has changed.
  [[nodiscard]] json::patch_error apply(const envelope_text& envelope,
                                        const replica_tools& tools) noexcept;
  /// Keeps what there is to be shown, and awaits a first envelope.
  void suspend() noexcept { version_ = 0; }

  /// The root's tree as JSON, as the last envelope left it; empty before the first.
  [[nodiscard]] std::string_view tree() const noexcept { return tree_; }
  /// `[{"store_id":[…],"stream":"…","items":[{"item_key":"…","item":…},…]},…]`
  [[nodiscard]] std::string_view streams() const noexcept { return streams_; }

 private:
  std::span<char> room_;
  std::string_view tree_;
  std::string_view streams_;
  std::int64_t version_ = 0;
};

/// The JSON text of the store with this store_id, an array, in `tree`; empty if there is none. The
/// tree is searched for objects with `__musubi_store_id__`.
[[nodiscard]] std::string_view find_store(std::string_view tree,
                                          std::string_view store_id) noexcept;

/// The `items` of one stream, an array; empty when nothing was ever inserted.
[[nodiscard]] std::string_view find_items(std::string_view streams, std::string_view store_id,
                                          std::string_view name) noexcept;

}  // namespace musubi
