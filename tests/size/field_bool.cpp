// size: the first bool
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  bool odd;
  static fields of(std::int32_t n) { return {n, n % 2 != 0}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
