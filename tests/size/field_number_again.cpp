// size: a third number
// than: field_number
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  std::int32_t second;
  std::int32_t third;
  static fields of(std::int32_t n) { return {n, n + 1, n + 2}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
