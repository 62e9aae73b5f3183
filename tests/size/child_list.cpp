// size: a list of up to 4 more of them
// than: child
#include "valve.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::child<probe::valve> valve;
  musubi::list<musubi::child<probe::valve>, 4> more;
  static fields of(std::int32_t n) {
    fields made{n, {"valve", {n}}, {}};
    for (std::int32_t i = 0; i < n % 4; ++i) (void)made.more.push_back({i, {n}});
    return made;
  }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
