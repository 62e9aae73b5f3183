// size: a second number in the State
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  std::int32_t second;
  static fields of(std::int32_t n) { return {n, n + 1}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
