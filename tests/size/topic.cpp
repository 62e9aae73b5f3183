// size: the first topic: a subscription, a handler, and who publishes
// than: counter
#include "probe.hpp"

namespace {

musubi::topic<std::int32_t, 2> news;

struct with_topic : probe::counter<probe::number_only> {
  musubi::status mount(musubi::context& context) { return context.subscribe(*this, news); }
  musubi::status handle(const Add& command, musubi::context&) {
    news.publish(command.amount);
    return {};
  }
  void handle_info(const std::int32_t& amount, musubi::context&) { count += amount; }
};

}  // namespace

int main() {
  probe::serve<with_topic>();
}
