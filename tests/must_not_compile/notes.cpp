// What is said of fields that it cannot be said of.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

// mistake: a unit of a text
// expect: musubi: only a number has a unit; remove .unit(), or make the field a number
// names: with_unit_of_text, State, room
struct with_unit_of_text : store {
  struct State {
    musubi::text<8> room;
    static constexpr auto about = musubi::about(musubi::field(&State::room).unit("m"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_unit_of_text);

// mistake: the same in a list of all fields
// expect: musubi: only a number has a unit; remove .unit(), or make the field a number
// names: with_listed_unit, State, on
struct with_listed_unit : store {
  struct State {
    bool on;
    static constexpr auto fields = musubi::fields(musubi::field("on", &State::on).unit("V"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_listed_unit);

// mistake: a range of what is not a number
// expect: musubi: only a number has a range and a step; remove .range() and .step(), or make the
// names: with_range_of_bool, State, on
struct with_range_of_bool : store {
  struct State {
    bool on;
    static constexpr auto about = musubi::about(musubi::field(&State::on).range(0, 1));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_range_of_bool);

// mistake: a range from the higher to the lower
// expect: musubi: a range goes from a lower to a higher number that the field can hold
// names: with_turned_range, State, celsius
struct with_turned_range : store {
  struct State {
    int celsius;
    static constexpr auto about = musubi::about(musubi::field(&State::celsius).range(30, 5));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_turned_range);

// mistake: a range that the type cannot hold
// expect: musubi: a range goes from a lower to a higher number that the field can hold
// names: with_wide_range, State, percent
struct with_wide_range : store {
  struct State {
    std::uint8_t percent;
    static constexpr auto about = musubi::about(musubi::field(&State::percent).range(0, 1000));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_wide_range);

// mistake: steps without a range
// expect: musubi: a range goes from a lower to a higher number that the field can hold, in steps
// names: with_steps_only, State, percent
struct with_steps_only : store {
  struct State {
    std::uint8_t percent;
    static constexpr auto about = musubi::about(musubi::field(&State::percent).step(5));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_steps_only);

// mistake: a device class of a list
// expect: musubi: a device class says what one value measures; this field is not a number, a bool
// names: with_class_of_list, State, cores
struct with_class_of_list : store {
  struct State {
    musubi::list<int, 4> cores;
    static constexpr auto about =
        musubi::about(musubi::field(&State::cores).device_class("temperature"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_class_of_list);

// mistake: statistics of a text
// expect: musubi: statistics are kept of numbers; this field is none: remove .state_class()
// names: with_statistics_of_text, State, room
struct with_statistics_of_text : store {
  struct State {
    musubi::text<16> room;
    static constexpr auto about =
        musubi::about(musubi::field(&State::room).state_class("measurement"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_statistics_of_text);

// mistake: statistics of an unknown kind
// expect: musubi: a state class is
// names: with_unknown_statistics, State, volts
struct with_unknown_statistics : store {
  struct State {
    int volts;
    static constexpr auto about = musubi::about(musubi::field(&State::volts).state_class("mean"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_unknown_statistics);

// mistake: two remarks on one field
// expect: musubi: musubi::about(...) has this field twice; say everything in one entry
// names: with_two_remarks, State, volts
struct with_two_remarks : store {
  struct State {
    int volts;
    static constexpr auto about = musubi::about(musubi::field(&State::volts).unit("V"),
                                                musubi::field(&State::volts).range(0, 12));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_two_remarks);

// mistake: another name
// expect: musubi: musubi::about(...) keeps the names of the fields; list all fields in
// names: with_other_name, State, volts
struct with_other_name : store {
  struct State {
    int volts;
    static constexpr auto about = musubi::about(musubi::field("voltage", &State::volts));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_other_name);

// mistake: remarks beside a list of all fields
// expect: musubi: a struct that lists its fields says everything there; move what
// names: with_both_lists, State
struct with_both_lists : store {
  struct State {
    int volts;
    static constexpr auto fields = musubi::fields(musubi::field("volts", &State::volts));
    static constexpr auto about = musubi::about(musubi::field(&State::volts).unit("V"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_both_lists);

// mistake: remarks on the fields of another struct
// expect: musubi: musubi::about(...) is about the fields of the struct that it stands in; name
// names: with_foreign_remarks, State
struct foreign {
  int volts;
};
struct with_foreign_remarks : store {
  struct State {
    int volts;
    static constexpr auto about = musubi::about(musubi::field(&foreign::volts).unit("V"));
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_foreign_remarks);
