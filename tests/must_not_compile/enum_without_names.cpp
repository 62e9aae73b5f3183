// An enum whose values are out of reach.
// expect: musubi: this enum has no named values from 0 to 63; number them from 0

#include <musubi/store/codec_record.hpp>

enum class mode { far_away = 1000 };

struct State {
  mode now;
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
