#include <cstdint>
#include <string_view>

#include <musubi/asio/host.hpp>

// A store: state that browsers see live, and commands that change it.
struct counter {
  static constexpr std::string_view module = "Example.Counter";

  struct State {
    std::int32_t count;
  };
  struct Add {  // the command "add"
    std::int32_t amount;
  };
  using commands = musubi::commands<Add>;

  musubi::status handle(const Add& command, musubi::context&) {
    if (command.amount == 0) return musubi::refuse("nothing to add", "amount");
    count += command.amount;
    return {};
  }
  State render() const { return {count}; }

  std::int32_t count = 0;  // private to this page: every browser has its own counter
};

struct counter_socket {
  using roots = musubi::roots<counter>;
};

int main() {
  musubi::asio::host<counter_socket> host{{.port = 4000}};
  return host.run();
}
