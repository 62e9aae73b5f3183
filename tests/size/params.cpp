// size: a text and a number of the mount's params
// than: counter
#include "probe.hpp"

#include <optional>

namespace {

struct with_params : probe::counter<probe::number_only> {
  struct Params {
    std::optional<musubi::text<16>> name;
    std::int32_t first;
  };
  musubi::status mount(const Params& params, musubi::context&) {
    count = params.first + (params.name ? 1 : 0);
    return {};
  }
};

}  // namespace

int main() {
  probe::serve<with_params>();
}
