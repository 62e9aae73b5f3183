#include <musubi/schema/operations.hpp>

namespace musubi {

void operations::next() noexcept {
  if (count_++ == 0) {
    open();
  } else {
    out_->raw(',');
  }
}

void operations::begin(std::string_view head, const pointer& at, std::string_view rest) noexcept {
  next();
  out_->raw(head);
  at.write(*out_);
  out_->raw(rest);
}

void operations::begin_replace_member(const pointer& of, std::string_view name) noexcept {
  begin_replace(of.member(name));
}

void operations::begin_replace(const pointer& at) noexcept {
  if constexpr (short_ways) {
    if (const std::string_view literal = at.replaces; !literal.empty()) {
      next();
      return out_->raw(literal);
    }
  }
  begin("{\"op\":\"replace\",\"path\":\"", at, before_value);
}

}  // namespace musubi
