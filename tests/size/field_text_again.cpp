// size: a second text, of 16 bytes
// than: field_text
#include "probe.hpp"

namespace {

struct fields {
  std::int32_t count;
  musubi::text<16> name;
  musubi::text<16> nickname;
  static fields of(std::int32_t n) {
    return {n, n > 9 ? musubi::text<16>("many") : musubi::text<16>("few"),
            n > 3 ? musubi::text<16>("some") : musubi::text<16>("none")};
  }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
