#include <musubi/memory/internal/same_text.hpp>

namespace musubi::detail {

bool same_text(const char* text, std::size_t size, const char* literal) noexcept {
  for (; size != 0; --size) {
    if (*literal == '\0' || *text++ != *literal++) return false;
  }
  return *literal == '\0';
}

}  // namespace musubi::detail
