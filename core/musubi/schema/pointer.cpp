#include <musubi/memory/slice.hpp>
#include <musubi/schema/pointer.hpp>

namespace musubi {

void pointer::write(json::writer& out) const noexcept {
  if (parent == nullptr) return;
  parent->write(out);
  out.raw('/');
  if (is_index) return out.number(index);
  if (plain) return out.raw(key);
  std::string_view rest = key;
  while (!rest.empty()) {
    const std::size_t run = rest.find_first_of("~/");
    out.characters(slice(rest, 0, run));
    if (run == std::string_view::npos) return;
    out.raw(rest[run] == '~' ? std::string_view("~0") : std::string_view("~1"));
    rest.remove_prefix(run + 1);
  }
}

}  // namespace musubi
