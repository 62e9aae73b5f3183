// One field more than there is room for.
// expect: musubi: a struct on the wire has more than 32 fields; group some in a nested struct

#include <musubi/store/codec_record.hpp>

struct State {
  int f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16, f17;
  int f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31, f32, f33;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
