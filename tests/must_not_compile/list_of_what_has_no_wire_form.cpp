// The elements have to travel too.
// expect: musubi: this type has no wire form; use bool, an integer, float, double

#include <musubi/store/codec_record.hpp>

struct State {
  musubi::list<const char*, 4> names;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
