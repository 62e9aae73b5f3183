// Two fields under one name.
// expect: musubi: two fields of one struct have the same name

#include <musubi/store/codec_record.hpp>

struct State {
  int first;
  int second;
  static constexpr auto fields = musubi::fields(musubi::field("number", &State::first),
                                                musubi::field("number", &State::second));
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
