// size: a second command
// than: counter
#include "probe.hpp"

namespace {

struct two_commands : probe::counter<probe::number_only> {
  struct Take {
    std::int32_t amount;
  };
  using commands = musubi::commands<Add, Take>;

  using probe::counter<probe::number_only>::handle;
  musubi::status handle(const Take& command, musubi::context&) {
    count -= command.amount;
    return {};
  }
};

}  // namespace

int main() {
  probe::serve<two_commands>();
}
