// size: one more root, with a field and a command of its own
// than: counter
#include "probe.hpp"

namespace {

struct meter {
  static constexpr std::string_view module = "Probe.Meter";
  struct State {
    std::int32_t height;
  };
  struct Raise {
    std::int32_t by;
  };
  using commands = musubi::commands<Raise>;

  musubi::status handle(const Raise& command, musubi::context&) {
    height += command.by;
    return {};
  }
  [[nodiscard]] State render() const { return {height}; }

  std::int32_t height = 0;
};

}  // namespace

int main() {
  probe::serve<probe::counter<probe::number_only>, meter>();
}
