#include <charconv>

#include <musubi/json/claimed.hpp>
#include <musubi/json/plain_run.hpp>

namespace musubi::json {

bool claimed::plain(std::string_view inside) noexcept {
  const char* const end = inside.data() + inside.size();
  if (plain_end<run_of::ascii>(inside.data(), end) != end) return false;
  raw(inside);
  return true;
}

void claimed::number(std::uint32_t value) noexcept {
  at_ = std::to_chars(at_, at_ + number_bytes, value).ptr;
}

}  // namespace musubi::json
