// Variants whose alternatives nobody could tell apart, one store for each.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <optional>
#include <string>
#include <variant>

#include <musubi/store/stream/stream.hpp>
#include <musubi/store/task/async_value.hpp>

struct open {
  musubi::constant<"open"> type;
};
struct checked_out {
  musubi::constant<"checked_out"> type;
  std::int32_t order_id;
};
struct refused {
  musubi::text<15> error;
};

// mistake: alternatives that are no structs
// expect: musubi: the alternatives of a std::variant are told apart by their keys, so each is a
// names: of_numbers, State, reading, float
struct of_numbers : store {
  struct State {
    std::variant<float, bool> reading;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(of_numbers);

// mistake: an alternative that is an object, but no struct
// expect: musubi: the alternatives of a std::variant are told apart by their keys, so each is a
// names: of_a_dict, State, reading, dict
struct of_a_dict : store {
  struct State {
    std::variant<open, musubi::dict<musubi::text<4>, float, 4>> reading;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(of_a_dict);

// mistake: an alternative for nothing
// expect: musubi: std::monostate has no wire form; for a value that may be missing, make it a
// names: of_nothing, State, status, monostate
struct of_nothing : store {
  struct State {
    std::variant<std::monostate, open> status;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(of_nothing);

// mistake: two alternatives with the same constant, which is named with the first
// expect: but two have the same; give each its own value
// names: with_one_tag, open, closed, type
struct closed {
  musubi::constant<"open"> type;
  std::int32_t since;
};
struct with_one_tag : store {
  struct State {
    std::variant<open, checked_out, closed> status;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_one_tag);

// mistake: two alternatives with the same keys, in a command
// expect: musubi: two alternatives of a std::variant have the same keys (optional ones do not count)
// names: with_the_same_keys, Pay, by_card, by_voucher
struct by_card {
  musubi::text<15> number;
};
struct by_voucher {
  std::optional<std::int32_t> shop;
  musubi::text<15> number;
};
struct with_the_same_keys : store {
  struct State {
    bool paid;
  };
  struct Pay {
    std::variant<by_card, by_voucher> by;
  };
  using commands = musubi::commands<Pay>;
  musubi::status handle(const Pay&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_the_same_keys);

// mistake: one alternative twice, in a Reply that is a variant
// expect: musubi: two alternatives of a std::variant have the same keys (optional ones do not count)
// names: with_one_twice, refused
struct with_one_twice : store {
  struct State {
    bool paid;
  };
  struct Pay {
    using Reply = std::variant<refused, refused>;
  };
  using commands = musubi::commands<Pay>;
  musubi::result<Pay::Reply> handle(const Pay&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_one_twice);

// mistake: a wrong field in an alternative: the struct is named, and the field in it
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_string, failed, reason
struct failed {
  std::string reason;
};
struct with_string : store {
  struct State {
    std::optional<std::variant<open, failed>> status;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_string);

// mistake: a child in an alternative
// expect: musubi: an alternative of a std::variant holds values; a musubi::child, stream or async
// names: with_child, shown, panel
struct panel : store {
  struct State {
    bool on;
  };
  State render() const;
};
struct shown {
  musubi::child<panel> panel;
};
struct with_child : store {
  struct State {
    musubi::list<std::variant<open, shown>, 2> panels;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_child);

// mistake: a stream in an alternative
// expect: musubi: an alternative of a std::variant holds values; a musubi::child, stream or async
// names: with_stream, listed, lines
struct line {
  std::int32_t id;
};
struct listed {
  musubi::stream<line> lines;
};
struct with_stream : store {
  struct State {
    std::variant<open, listed> log;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_stream);

// mistake: an async value in an alternative
// expect: musubi: an alternative of a std::variant holds values; a musubi::child, stream or async
// names: with_async, loading, weather
struct loading {
  musubi::async<float> weather;
};
struct with_async : store {
  struct State {
    std::variant<open, loading> outside;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_async);

// mistake: a stream of alternatives of which one has no id
// expect: musubi: items of a stream are identified by their field id, an integer or a text; add that
// names: of_items_without_id, State, log
struct named {
  musubi::text<15> name;
};
struct of_items_without_id : store {
  struct State {
    musubi::stream<std::variant<line, named>> log;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(of_items_without_id);

// mistake: a State that is a variant
// expect: musubi: a State is a plain struct; its fields are what the browser sees
// names: whose_state_is_one
struct whose_state_is_one : store {
  using State = std::variant<open, checked_out>;
  State render() const;
};
MUSUBI_TEST_SERVE(whose_state_is_one);

// mistake: a command that is a variant
// expect: musubi: a command is a plain struct; its fields are the payload
// names: whose_command_is_one
struct whose_command_is_one : store {
  struct State {
    bool paid;
  };
  using commands = musubi::commands<std::variant<open, checked_out>>;
  musubi::status handle(const std::variant<open, checked_out>&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(whose_command_is_one);

// mistake: a constant that would need escapes
// expect: musubi: the text of a musubi::constant must be printable ASCII without quotes and
// names: constant
struct with_quotes : store {
  struct State {
    musubi::constant<"\"open\""> type;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(with_quotes);
