// size: a reply of one number to it
// than: command
#include "probe.hpp"

namespace {

struct with_reply : probe::counter<probe::number_only> {
  struct Take {
    std::int32_t amount;
    struct Reply {
      std::int32_t left;
    };
  };
  using commands = musubi::commands<Add, Take>;

  using probe::counter<probe::number_only>::handle;
  musubi::result<Take::Reply> handle(const Take& command, musubi::context&) {
    count -= command.amount;
    return Take::Reply{count};
  }
};

}  // namespace

int main() {
  probe::serve<with_reply>();
}
