// size: HMAC-SHA256, which signed cookies and uploads need
// than: counter
#include "probe.hpp"

#include <musubi/net/internal/hmac.hpp>

namespace {

struct with_hmac : probe::counter<probe::number_only> {
  musubi::status handle(const Add& command, musubi::context&) {
    constexpr musubi::net::hmac_key key{1, 2, 3};
    const std::string_view parts[] = {"a", "message"};
    count += command.amount + musubi::net::hmac_sha256(key, parts)[0];
    return {};
  }
};

}  // namespace

int main() {
  probe::serve<with_hmac>();
}
