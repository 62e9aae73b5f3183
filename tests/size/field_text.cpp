// size: the first text, of 16 bytes
// than: counter
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::text<16> name;
  static fields of(std::int32_t n) {
    return {n, n > 9 ? musubi::text<16>("many") : musubi::text<16>("few")};
  }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
