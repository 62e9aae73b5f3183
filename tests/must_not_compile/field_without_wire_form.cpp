// A field of a type that cannot travel.
// expect: musubi: this type has no wire form; use bool, an integer, float, double

#include <string_view>

#include <musubi/store/codec_record.hpp>

struct State {
  int number;
  std::string_view view_of_something;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
