// size: the first child store, with a field, a command and a prop of its own
// than: counter
#include "valve.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::child<probe::valve> valve;
  static fields of(std::int32_t n) { return {n, {"valve", {n}}}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
