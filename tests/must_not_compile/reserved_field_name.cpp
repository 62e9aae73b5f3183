// A name that the protocol keeps for itself. (contract section 5.1)
// expect: musubi: field names that begin with __musubi_ are reserved; rename the field

#include <musubi/store/codec_record.hpp>

struct State {
  int number;
  static constexpr auto fields =
      musubi::fields(musubi::field("__musubi_store_id__", &State::number));
};

void write(musubi::json::writer& out, const State& state) {
  musubi::codec<State>::write(out, state);
}
