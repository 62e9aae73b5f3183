// A field that std::array is for.
// expect: musubi: a struct on the wire holds a C array; make it a std::array<T,N>

#include <musubi/store/codec_record.hpp>

struct State {
  bool on;
  int last[3];
  float celsius;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
