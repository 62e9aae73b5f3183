// size: the first push event, of a number
// than: counter
#include "probe.hpp"

namespace {

struct with_event : probe::counter<probe::number_only> {
  struct Added {
    std::int32_t amount;
  };
  using events = musubi::events<Added>;

  musubi::status handle(const Add& command, musubi::context& ctx) {
    count += command.amount;
    ctx.push_event(Added{command.amount});
    return {};
  }
};

}  // namespace

int main() {
  probe::serve<with_event>();
}
