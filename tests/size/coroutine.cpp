// size: the first handler that is a coroutine, with its timeout
// than: command
#include "probe.hpp"

#include <chrono>

#include <musubi/async/sleep.hpp>

namespace {

struct with_coroutine : probe::counter<probe::number_only> {
  struct Take {
    std::int32_t amount;
  };
  using commands = musubi::commands<Add, Take>;

  using probe::counter<probe::number_only>::handle;
  musubi::task<musubi::status> handle(const Take& command, musubi::context&) {
    co_await musubi::sleep(std::chrono::milliseconds(100));
    count -= command.amount;
    co_return musubi::status{};
  }
};

}  // namespace

int main() {
  probe::serve<with_coroutine>();
}
