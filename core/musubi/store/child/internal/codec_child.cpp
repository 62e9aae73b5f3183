#include <musubi/store/child/internal/codec_child.hpp>

namespace musubi::detail {

namespace {

void diff_segments(operations& ops, const pointer& at, std::string_view before,
                   std::string_view after, std::size_t index) noexcept {
  const std::string_view was = take_segment(before);
  const std::string_view is = take_segment(after);
  if (was.empty()) return;
  diff_segments(ops, at, before, after, index + 1);
  if (was == is) return;
  ops.replace(at.element(index), [&](json::writer& out) noexcept { out.raw(is); });
}

}  // namespace

void diff_store_ids(operations& ops, const pointer& at, std::string_view before,
                    std::string_view after) noexcept {
  diff_segments(ops, at, before, after, 0);
}

}  // namespace musubi::detail
