#pragma once
/// JSON of no declared type: cJSON's items, in an arena that is emptied afterwards.

#include <cjson/cJSON.h>
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/json/internal/reader.hpp>
#include <musubi/memory/internal/arena.hpp>

namespace musubi::json {

class document;
class value;

/// Why a text was not parsed.
enum class parse_error : std::uint8_t {
  none,
  malformed,  ///< not JSON, or beyond a limit of `reader`
  too_large,  ///< the arena is too small for it: about 64 bytes a value on 64 bits, 40 on 32
  too_deep,   ///< nested deeper than `reader::max_depth`
};

/// Parses `text`, which need not end in NUL, into `memory`. The document lives until the arena is
/// reset.
///
/// The items are made by `reader`, not by cJSON's own parser: that one takes its memory from hooks
/// that belong to the whole process, and an application may have set them for itself.
[[nodiscard]] parse_error parse(std::string_view text, arena& memory, value& document) noexcept;

/// A value of a parsed document. Points into the arena it was parsed into.
class value {
 public:
  value() noexcept = default;

  /// False for "there is no such value".
  explicit operator bool() const noexcept { return item_ != nullptr; }
  [[nodiscard]] bool is_null() const noexcept { return cJSON_IsNull(item_) != 0; }
  [[nodiscard]] bool is_object() const noexcept { return cJSON_IsObject(item_) != 0; }
  [[nodiscard]] bool is_array() const noexcept { return cJSON_IsArray(item_) != 0; }
  [[nodiscard]] std::optional<bool> boolean() const noexcept;
  /// The characters, decoded; U+0000 may be among them.
  [[nodiscard]] std::optional<std::string_view> string() const noexcept;
  [[nodiscard]] std::optional<double> number() const noexcept;
  /// A whole number that no other one becomes when it passes through a double (|n| < 2^53: what
  /// JavaScript calls a safe integer).
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;

  /// The member called `wanted` of an object, compared byte by byte. None when it is given more
  /// than once: which one is meant is for nobody to guess.
  [[nodiscard]] value member(std::string_view wanted) const noexcept;
  /// The first element or member, and the one after this: for iteration.
  [[nodiscard]] value first() const noexcept;
  [[nodiscard]] value next() const noexcept { return value(item_->next); }
  /// The key of a member.
  [[nodiscard]] std::string_view key() const noexcept;

  /// The same for functions of cJSON that only read; null if there is no such value. To them a
  /// string ends at its first U+0000.
  [[nodiscard]] const cJSON* item() const noexcept { return item_; }

 private:
  friend parse_error parse(std::string_view text, arena& memory, value& document) noexcept;
  friend class document;
  explicit value(const cJSON* item) noexcept : item_(item) {}

  const cJSON* item_ = nullptr;
};

}  // namespace musubi::json
