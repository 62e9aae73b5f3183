// A link to a broker, which is not there, shares a value.
#include <cstdint>

#include <musubi/mqtt/link.hpp>

int main() {
  musubi::watch<std::int32_t> target{20};
  musubi::mqtt::link hub{{.client = "consumer"}};
  hub.share(target, "house/target");
  return hub.problem().empty() && !hub.state().get().connected ? 0 : 1;
}
