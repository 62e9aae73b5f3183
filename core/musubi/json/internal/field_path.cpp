#include <musubi/json/internal/field_path.hpp>

namespace musubi::json {

void field_path::write(writer& out) const noexcept {
  for (std::size_t i = count_; i-- > 0;) {
    const step& each = steps_[i];
    if (each.key == nullptr) {
      out.raw('[');
      out.number(each.size_or_index);
      out.raw(']');
    } else {
      if (i + 1 != count_) out.raw('.');
      string_token({each.key, each.size_or_index}, (escaped_ >> i & 1) != 0).write(out);
    }
  }
}

}  // namespace musubi::json
