#include <musubi/json/claimed.hpp>
#include <musubi/store/operations.hpp>

namespace musubi {

namespace {

/// Of a member of the root, which needs no escape, the path is two pieces.
bool begin_at_once(json::output& out, bool first, std::string_view head, const pointer& at,
                   std::string_view rest) noexcept {
  const bool of_root = at.parent != nullptr && at.parent->parent == nullptr;
  if (!of_root || !at.plain || at.is_index) return false;
  json::claimed to(out, 2 + head.size() + at.key.size() + rest.size());
  if (!to) return false;
  if (!first) to.raw(",");
  to.raw(head);
  to.raw("/");
  to.raw(at.key);
  to.raw(rest);
  to.commit();
  return true;
}

}  // namespace

void operations::begin(std::string_view head, const pointer& at, std::string_view rest) noexcept {
  const bool first = count_++ == 0;
  if (first) open();
  if (begin_at_once(out_->to(), first, head, at, rest)) return;
  if (!first) out_->raw(',');
  out_->raw(head);
  at.write(*out_);
  out_->raw(rest);
}

}  // namespace musubi
