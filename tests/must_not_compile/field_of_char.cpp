// A character is neither a number nor a text.
// expect: musubi: this type has no wire form; use bool, an integer, float, double

#include <musubi/store/codec_record.hpp>

struct State {
  char letter;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
