// Items that could not be told apart. (contract section 7.2)
// expect: musubi: items of a stream are known by their field id

#include <musubi/store/stream_handle.hpp>

struct reading {
  int value;
};
struct State {
  musubi::stream<reading> history;
};

void record(musubi::context& ctx) {
  ctx.stream<&State::history>().insert({7});
}
