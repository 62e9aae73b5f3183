// A loop of the posix port, in memory of the program's own, finds somewhere to listen.
#include <musubi/posix/listener.hpp>
#include <musubi/posix/loop.hpp>

int main() {
  alignas(std::max_align_t) static std::byte memory[musubi::posix::loop::bytes(1)];
  const musubi::posix::loop loop(1, memory);
  musubi::posix::listener listener;
  return listener.open({}).ok() && listener.port() != 0 && !loop.has_stopped() ? 0 : 1;
}
