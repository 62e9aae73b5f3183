// Structs whose fields the library cannot reach, and fields whose names cannot be.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <string>

// mistake: a bit-field; the fields beside it are named
// expect: musubi: this struct has a bit-field
// names: with_bits, State, celsius, humidity
struct with_bits : store {
  struct State {
    int celsius;
    unsigned on : 1;
    int humidity;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_bits);

// mistake: a base class
// expect: musubi: this struct has a base class whose fields the library cannot see; make the
// a names: with_base, State
struct reading {
  float celsius;
};
struct with_base : store {
  struct State : reading {
    bool on;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_base);

// mistake: virtual functions
// expect: musubi: a struct on the wire is plain data; remove its virtual functions
// names: with_virtual, State
struct with_virtual : store {
  struct State {
    virtual ~State() = default;
    int celsius;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_virtual);

// mistake: a constructor
// expect: musubi: this type has constructors or private members, so the library cannot see its
// fields names: with_constructor, State
struct with_constructor : store {
  struct State {
    explicit State(int of) : celsius(of) {}
    int celsius;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_constructor);

// mistake: private members
// expect: musubi: this type has constructors or private members, so the library cannot see its
// fields names: with_private, State
struct with_private : store {
  class State {
    int celsius;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_private);

// mistake: a reference
// expect: musubi: a field cannot be a reference; hold a copy of the value
// names: with_reference, State
struct with_reference : store {
  struct State {
    int celsius;
    const int& limit;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_reference);

// mistake: a union
// expect: musubi: a union does not say which of its members is active
// names: with_union, State, last
union number {
  int whole;
  float real;
};
struct with_union : store {
  struct State {
    int kind;
    number last;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_union);

// mistake: a union without a name
// expect: musubi: a union does not say which of its members is active
// names: with_unnamed_union, State
struct with_unnamed_union : store {
  struct State {
    int kind;
    union {
      int whole;
      float real;
    };
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_unnamed_union);

// mistake: a constant
// expect: musubi: a field is assigned to, so it cannot be const or volatile; remove the qualifier
// names: with_constant, State, limit
struct with_constant : store {
  struct State {
    int celsius;
    const int limit = 30;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_constant);

// mistake: one field more than there is room for
// expect: musubi: a struct on the wire has at most 32 fields; group some in a nested struct
// names: with_many, State
struct with_many : store {
  struct State {
    int f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16, f17;
    int f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31, f32, f33;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_many);

// mistake: a command that is only declared
// expect: musubi: this type is only declared here; define it before the store
// names: with_declared, SetTarget
struct SetTarget;
struct with_declared : store {
  struct State {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;
  musubi::status handle(const SetTarget&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_declared);

// mistake: a field named like a member that every store has in a browser
// expect: musubi: the browser's store has a member snapshot, subscribe, dispatchCommand and
// names: with_snapshot, State, snapshot
struct with_snapshot : store {
  struct State {
    int celsius;
    int snapshot;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_snapshot);

// mistake: the same by a listed name
// expect: musubi: the browser's store has a member snapshot, subscribe, dispatchCommand and
// names: with_handle_event, State
struct with_handle_event : store {
  struct State {
    int event;
    static constexpr auto fields = musubi::fields(musubi::field("handleEvent", &State::event));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_handle_event);

// mistake: a name that the protocol keeps for itself (contract section 5.1)
// expect: musubi: field names that begin with __musubi_ are reserved; rename the field
// names: with_marker, State
struct with_marker : store {
  struct State {
    int number;
    static constexpr auto fields =
        musubi::fields(musubi::field("__musubi_store_id__", &State::number));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_marker);

// mistake: a name that would have to be escaped wherever it is written
// expect: musubi: a field's name must be printable ASCII without quotes
// names: with_slash, State
struct with_slash : store {
  struct State {
    int number;
    static constexpr auto fields = musubi::fields(musubi::field("a/b", &State::number));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_slash);

// mistake: two fields under one name
// expect: musubi: two fields of one struct have the same name; rename one of them
// names: with_twins, State
struct with_twins : store {
  struct State {
    int first;
    int second;
    static constexpr auto fields = musubi::fields(musubi::field("number", &State::first),
                                                  musubi::field("number", &State::second));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_twins);

// --- enums ---

// mistake: a value that could not be written
// expect: musubi: this enum has a value below 0 or above 63, which cannot be written; number its
// names: with_far_value, State, now, c
enum class sparse { a = 1, c = 64 };
struct with_far_value : store {
  struct State {
    sparse now;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_far_value);

// mistake: a value below 0
// expect: musubi: this enum has a value below 0 or above 63, which cannot be written; number its
// names: with_negative_value, State, now, unknown
enum class level : std::int8_t { unknown = -1, low, high };
struct with_negative_value : store {
  struct State {
    level now;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_negative_value);

// mistake: flags
// expect: musubi: this enum has a value below 0 or above 63, which cannot be written; number its
// names: with_flags, State, now, leaking
enum flags : unsigned { none = 0, dry = 1, hot = 2, leaking = 1U << 20U };
struct with_flags : store {
  struct State {
    musubi::list<flags, 2> now;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_flags);

// mistake: values that are all out of reach
// expect: musubi: this enum has no named value from 0 to 63
// names: with_status_code, State, last
enum class code { ok = 200, gone = 410 };
struct with_status_code : store {
  struct State {
    code last;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_status_code);

// mistake: an enum that stands for a number
// expect: musubi: this enum has no named value from 0 to 63
// names: with_byte, State, raw
struct with_byte : store {
  struct State {
    std::byte raw;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_byte);
