// size: one more WebSocket, without a root and without lwIP's part of it
// than: counter
#include "probe.hpp"

constexpr musubi::limits one_more = [] {
  musubi::limits chosen = probe::sizes;
  ++chosen.connections;
  return chosen;
}();

int main() {
  probe::serve_within<one_more, probe::counter<probe::number_only>>();
}
