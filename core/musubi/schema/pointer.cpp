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
    std::size_t run = 0;
    while (run != rest.size() && rest[run] != '~' && rest[run] != '/') ++run;
    out.characters(slice(rest, 0, run));
    if (run == rest.size()) return;
    out.raw('~');
    out.raw(rest[run] == '~' ? '0' : '1');
    rest.remove_prefix(run + 1);
  }
}

}  // namespace musubi
