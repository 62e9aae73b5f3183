#pragma once
/// The structs that name their module, as interfaces in namespaces.

#include <musubi/typescript/modules.hpp>

namespace musubi::typescript {

/// In how many namespaces a module is, of those that both names begin with.
constexpr std::size_t shared_namespaces(std::string_view left, std::string_view right) {
  std::size_t shared = 0;
  module_path a(left);
  module_path b(right);
  for (; !a.at_leaf() && !b.at_leaf() && a.front() == b.front(); a.pop(), b.pop()) ++shared;
  return shared;
}

/// Closes namespaces, from the `deepest` (exclusive) out to the one at `depth`.
constexpr void close_namespaces(output& out, std::size_t deepest, std::size_t depth) {
  for (std::size_t level = deepest; level > depth; --level) {
    out.indent(2 * (level - 1));
    out.put("}\n");
  }
}

/// One tree of namespaces for each first part; siblings are in the order of `structs`.
constexpr void write_interfaces(output& out, const module_list& structs) {
  std::string_view previous;
  std::size_t open = 0;  // namespaces
  for (const module_entry& entry : structs) {
    const std::size_t shared = shared_namespaces(previous, entry.name);
    close_namespaces(out, open, shared);
    out.put('\n');

    module_path path(entry.name);
    for (open = 0; !path.at_leaf(); path.pop(), ++open) {
      if (open < shared) continue;
      out.indent(2 * open);
      out.put(open == 0 ? "declare namespace " : "namespace ", path.front(), " {\n");
    }
    out.indent(2 * open);
    out.put("interface ", path.front(), " ");
    entry.write(out, 2 * open);
    out.put('\n');
    previous = entry.name;
  }
  close_namespaces(out, open, 0);
}

}  // namespace musubi::typescript
