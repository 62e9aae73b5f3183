// A number that JSON cannot hold as it is.
// expect: musubi: this type has no wire form; use bool, an integer, float, double

#include <musubi/store/codec_record.hpp>

struct State {
  long double precise;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
