// Fields of types that cannot travel, one store for each.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <musubi/store/hook/callback.hpp>

// mistake: a std::string
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_string, State, label
struct with_string : store {
  struct State {
    std::int32_t celsius;
    std::string label;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_string);

// mistake: a std::string_view
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_view, State, label
struct with_view : store {
  struct State {
    std::string_view label;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_view);

// mistake: a C string by its address
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_char_pointer, State, label
struct with_char_pointer : store {
  struct State {
    const char* label;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_char_pointer);

// mistake: a C string in place, longer than a struct may have fields
// expect: musubi: a field cannot be an array of char; make it a musubi::text<N>
// names: with_char_array, State, label
struct with_char_array : store {
  struct State {
    std::int32_t celsius;
    char label[64];
    char room[64];
    bool on;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_char_array);

// mistake: a C array
// expect: musubi: a field cannot be a C array; make it a std::array<T, N>
// names: with_c_array, State, last
struct with_c_array : store {
  struct State {
    bool on;
    int last[3];
    float celsius;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_c_array);

// mistake: a std::vector
// expect: make it a musubi::list<T, N>
// names: with_vector, State, last
struct with_vector : store {
  struct State {
    std::vector<float> last;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_vector);

// mistake: a std::span
// expect: make it a musubi::list<T, N>
// names: with_span, State, last
struct with_span : store {
  struct State {
    std::span<const float> last;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_span);

// mistake: a std::map
// expect: make it a musubi::dict<musubi::text<K>, T, N>
// names: with_map, State, by_room
struct with_map : store {
  struct State {
    std::map<std::string, float> by_room;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_map);

// mistake: a dict whose keys are numbers
// expect: musubi: keys on the wire are text
// names: with_number_keys, State, by_pin
struct with_number_keys : store {
  struct State {
    musubi::dict<int, float, 4> by_pin;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_number_keys);

// mistake: a pointer
// expect: musubi: a field cannot be a pointer; hold the value itself, or a std::optional of it
// names: with_pointer, State, current
struct with_pointer : store {
  struct State {
    const float* current;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_pointer);

// mistake: a pointer that owns
// expect: musubi: a field cannot be a pointer; hold the value itself, or a std::optional of it
// names: with_unique_pointer, State, current
struct with_unique_pointer : store {
  struct State {
    std::unique_ptr<float> current;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_unique_pointer);

// mistake: a std::pair
// expect: musubi: a field cannot be a std::tuple or std::pair; make it a struct whose fields have
// names: with_pair, State, range
struct with_pair : store {
  struct State {
    std::pair<float, float> range;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_pair);

// mistake: a function
// expect: musubi: a field is data and cannot be a function
// names: with_function, State, describe
struct with_function : store {
  struct State {
    std::function<void()> describe;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_function);

// mistake: a callback, which is for props
// expect: musubi: a musubi::callback is for the Props of a child and cannot go over the wire
// names: with_callback, State, pressed
struct with_callback : store {
  struct State {
    musubi::callback<int> pressed;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_callback);

// mistake: a duration
// expect: musubi: a field cannot be a std::chrono time; make it a number with its unit in the name
// names: with_duration, State, uptime
struct with_duration : store {
  struct State {
    std::chrono::seconds uptime;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_duration);

// mistake: a point in time
// expect: musubi: a field cannot be a std::chrono time; make it a number with its unit in the name
// names: with_time_point, State, since
struct with_time_point : store {
  struct State {
    std::chrono::system_clock::time_point since;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_time_point);

// mistake: an atomic value
// expect: musubi: a field is a copy of what the browser sees and cannot be atomic or locked
// names: with_atomic, State, count
struct with_atomic : store {
  struct State {
    std::atomic<int> count;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_atomic);

// mistake: a mutex
// expect: musubi: a field is a copy of what the browser sees and cannot be atomic or locked
// names: with_mutex, State, guard
struct with_mutex : store {
  struct State {
    int count;
    std::mutex guard;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_mutex);

// mistake: an integer that browsers would round
// expect: musubi: a browser rounds integers beyond 2^53; make this field a musubi::safe_integer
// names: with_wide_integer, State, bytes
struct with_wide_integer : store {
  struct State {
    std::uint64_t bytes;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_wide_integer);

// mistake: a size, which is as wide
// expect: musubi: a browser rounds integers beyond 2^53; make this field a musubi::safe_integer
// names: with_size, State, entries
struct with_size : store {
  struct State {
    std::optional<std::size_t> entries;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_size);

// mistake: a time in seconds, which is as wide
// expect: musubi: a browser rounds integers beyond 2^53; make this field a musubi::safe_integer
// names: with_time, State, since
struct with_time : store {
  struct State {
    musubi::list<std::time_t, 3> since;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_time);

// mistake: a number that no browser has
// expect: musubi: a browser has no long double; make this field a double
// names: with_long_double, State, precise
struct with_long_double : store {
  struct State {
    long double precise;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_long_double);

// mistake: a character
// expect: musubi: a char is ambiguous: it could be a number or text; make this field a
// names: with_character, State, unit
struct with_character : store {
  struct State {
    char unit;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_character);

// mistake: a wide character
// expect: musubi: a char is ambiguous: it could be a number or text; make this field a
// names: with_wide_character, State, unit
struct with_wide_character : store {
  struct State {
    wchar_t unit;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_wide_character);

// mistake: an optional in an optional
// expect: musubi: null cannot say which of two nested std::optionals is empty; use one
// names: with_two_optionals, State, fault
struct with_two_optionals : store {
  struct State {
    std::optional<std::optional<int>> fault;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_two_optionals);

// mistake: something wrong deep inside: the struct that holds it is named, and the field in it
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_rooms, sensor, unit
struct sensor {
  float value;
  std::string unit;
};
struct room {
  std::optional<sensor> thermometer;
};
struct with_rooms : store {
  struct State {
    musubi::dict<musubi::text<8>, std::array<room, 2>, 4> rooms;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_rooms);

// mistake: a type of an application without a codec
// expect: musubi: this type has constructors or private members, so the library cannot see its
// names: with_class, State, scale
class percentage {
 public:
  explicit percentage(int of) : of_(of) {}

 private:
  int of_;
};
struct with_class : store {
  struct State {
    percentage scale{0};
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_class);

// mistake: a type of an application whose codec cannot read, in a command
// expect: musubi: a browser sends this field, but the codec of its type cannot read it; add
// names: with_colour, Paint, wall
struct colour {
  int red;
};
template <>
struct musubi::codec<colour> : musubi::scalar_codec<colour> {
  static constexpr std::string_view expected = "colour";
  static void write(json::writer&, const colour&) noexcept;
};
struct with_colour : store {
  struct State {
    colour wall;
  };
  struct Paint {
    colour wall;
  };
  using commands = musubi::commands<Paint>;
  musubi::status handle(const Paint&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_colour);
