// size: the first list, of 4 numbers
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::list<std::int32_t, 4> last;
  static fields of(std::int32_t n) {
    fields made{n, {}};
    for (std::int32_t i = 0; i < n % 4; ++i) (void)made.last.push_back(i);
    return made;
  }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
