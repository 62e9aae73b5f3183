// size: the first float, with its conversion to digits
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  float half;
  static fields of(std::int32_t n) { return {n, static_cast<float>(n) / 2.0F}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
