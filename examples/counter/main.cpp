#include "web_ui.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/asio/host.hpp>

// The device's state, shared by every browser.
musubi::watch<std::int32_t> shared_count{0};

// A store: what one browser sees of the device, and what it may ask of it.
struct counter {
  static constexpr std::string_view module = "Example.Counter";

  struct Params {};  // what a browser passes when it mounts the store: nothing
  struct State {     // what it sees
    std::int32_t count;
  };
  struct Add {  // the command "add" and its payload
    std::int32_t amount;
  };
  using commands = musubi::commands<Add>;

  musubi::status mount(const Params&, musubi::context& ctx) {
    return ctx.follow(shared_count);  // rendered whenever it is set
  }
  musubi::status handle(const Add& command, musubi::context&) {
    const std::int64_t sum = std::int64_t{shared_count.get()} + command.amount;
    if (sum < 0 || sum > 99) return musubi::refuse("the count stays from 0 to 99", "amount");
    shared_count.set(static_cast<std::int32_t>(sum));
    return {};
  }
  State render() const { return {shared_count.get()}; }
};

// What a browser connects to, and the stores it may mount there.
struct counter_socket {
  using roots = musubi::roots<counter>;
};

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(argc, argv, "One number in every browser.");
  musubi::asio::host<counter_socket> host{options};
  host.assets(web_ui);  // the page, linked into this program
  return host.run();
}
