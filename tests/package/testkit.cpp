// A store of a user, mounted by the test kit.
#include <musubi/testkit/mounted.hpp>

struct lamp {
  static constexpr std::string_view module = "Package.Lamp";
  struct State {
    bool on;
  };
  struct Switch {
    bool on;
  };
  using commands = musubi::commands<Switch>;
  musubi::status handle(const Switch& command, musubi::context&) {
    on = command.on;
    return {};
  }
  State render() const { return {on}; }
  bool on = false;
};

int main() {
  musubi::testkit::mounted<lamp> page;
  return page.dispatch(lamp::Switch{true}).ok && page.state().on ? 0 : 1;
}
