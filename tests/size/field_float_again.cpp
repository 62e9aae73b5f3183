// size: a second float
// than: field_float
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  float half;
  float third;
  static fields of(std::int32_t n) {
    return {n, static_cast<float>(n) / 2.0F, static_cast<float>(n) / 3.0F};
  }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
