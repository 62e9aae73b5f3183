// A name that would have to be escaped wherever it is written.
// expect: musubi: a field's name must be printable ASCII without quotes

#include <musubi/store/codec_record.hpp>

struct State {
  int number;
  static constexpr auto fields = musubi::fields(musubi::field("a/b", &State::number));
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
