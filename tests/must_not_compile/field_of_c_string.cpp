// A field that text is for, and longer than a struct may have fields.
// expect: or a musubi::text<N> if it is text

#include <musubi/store/codec_record.hpp>

struct State {
  int number;
  char name[64];
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
