#pragma once
/// A JSON document that is changed by the operations of JSON Patch (RFC 6902) that a Musubi server
/// sends, in an arena.

#include <cstdint>
#include <string_view>

#include <musubi/json/internal/writer.hpp>
#include <musubi/json/value.hpp>
#include <musubi/memory/internal/arena.hpp>

namespace musubi::json {

/// Why an operation was not applied.
enum class patch_error : std::uint8_t {
  none,
  unknown_operation,  ///< not add, remove or replace
  no_such_place,      ///< the path leads nowhere, or through a value that has no members
  whole_document,     ///< add or remove of the document itself
  too_large,          ///< the arena is too small
  malformed,          ///< the value is not JSON, or the path no pointer (RFC 6901)
};

/// A few words for a person, static: "the path leads nowhere".
[[nodiscard]] std::string_view to_text(patch_error why) noexcept;

/// A tree of cJSON items in an arena, which is emptied by its owner when the document is no longer
/// needed. What an operation replaces or removes keeps its memory until then.
class document {
 public:
  explicit document(arena& memory) noexcept : memory_(&memory) {}

  /// Makes it the value that `text` is.
  [[nodiscard]] parse_error assign(std::string_view text) noexcept;
  /// Applies one operation; `value` is JSON text, and not read for "remove". The path is a JSON
  /// pointer, decoded from the JSON string that it was. After an error nothing has changed.
  [[nodiscard]] patch_error apply(std::string_view operation, std::string_view path,
                                  std::string_view value) noexcept;

  /// None until something was assigned.
  [[nodiscard]] json::value root() const noexcept { return root_; }
  /// The value at a JSON pointer; none if there is none.
  [[nodiscard]] json::value at(std::string_view path) const noexcept;

 private:
  arena* memory_;
  json::value root_;
};

/// Writes `from` as JSON text, members in their order, strings and numbers as `writer` writes them.
/// False when it is nested deeper than `reader::max_depth`; then only a part was written.
bool write(writer& out, const value& from) noexcept;

}  // namespace musubi::json
