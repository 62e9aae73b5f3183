// size: the first fixed, a number with one decimal and no floating point
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::fixed<1> half;
  static fields of(std::int32_t n) { return {n, musubi::fixed<1>::from_scaled(n * 5)}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
