#include <musubi/schema/codec_variant.hpp>

namespace musubi::detail {

void remove_keys(operations& ops, const pointer& at,
                 std::span<const std::string_view> keys) noexcept {
  for (const std::string_view key : keys) ops.remove(at.member(key));
}

}  // namespace musubi::detail
