#pragma once
/// The store_ids of another server (contract section 5.4), as JSON in any spelling.

#include <cstdint>
#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/store/internal/store_path.hpp>

namespace musubi::detail {

/// How the store with one store_id stands to that with another.
enum class kinship : std::uint8_t {
  other,
  above,  ///< it is the root, or one on the way to the other
  same,
};
/// Both are JSON arrays of strings, which are compared by their values.
[[nodiscard]] kinship kinship_of(std::string_view store_id, std::string_view to) noexcept;

/// The store_id in the text of a store; empty if it is none.
[[nodiscard]] std::string_view store_id_in(std::string_view store) noexcept;

/// The id at the end of a store_id; empty if there is none, or it is too long.
[[nodiscard]] text<store_path::max_bytes> last_id(std::string_view store_id) noexcept;

}  // namespace musubi::detail
