// size: the first watched value: a store that follows it and sets it
// than: counter
#include "probe.hpp"

namespace {

constinit musubi::watch<std::int32_t> level{0};

struct with_watch : probe::counter<probe::number_only> {
  musubi::status mount(musubi::context& context) { return context.follow(level); }
  musubi::status handle(const Add& command, musubi::context&) {
    level.set(level.get() + command.amount);
    return {};
  }
  [[nodiscard]] State render() const { return State::of(level.get()); }
};

}  // namespace

int main() {
  probe::serve<with_watch>();
}
