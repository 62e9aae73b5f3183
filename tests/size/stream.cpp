// size: the first stream, of two numbers
// than: counter
#include "probe.hpp"

namespace {

struct point {
  std::int32_t id;
  std::int32_t value;
};

struct fields {
  std::int32_t count;
  musubi::stream<point> history;
  static fields of(std::int32_t n) { return {n, {}}; }
};

struct with_stream : probe::counter<fields> {
  musubi::status handle(const Add& command, musubi::context& ctx) {
    count += command.amount;
    ctx.stream<&State::history>().insert({count, command.amount}, {.at = 0, .limit = 10});
    return {};
  }
};

}  // namespace

int main() {
  probe::serve<with_stream>();
}
