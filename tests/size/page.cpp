// size: one more mounted root, with its channel
// than: counter
#include "probe.hpp"

constexpr musubi::limits one_more = [] {
  musubi::limits chosen = probe::sizes;
  ++chosen.pages;
  return chosen;
}();

int main() {
  probe::serve_within<one_more, probe::counter<probe::number_only>>();
}
