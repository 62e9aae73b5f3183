// size: the first optional, of a number
// than: counter
#include "probe.hpp"

#include <optional>

namespace {

struct fields {
  std::int32_t count;
  std::optional<std::int32_t> even;
  static fields of(std::int32_t n) { return {n, n % 2 == 0 ? std::optional(n) : std::nullopt}; }
};

}  // namespace

int main() {
  probe::serve<probe::counter<fields>>();
}
