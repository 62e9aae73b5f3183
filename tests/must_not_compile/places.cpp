// What has its place in a State alone, elsewhere; and streams where they cannot be.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <optional>

#include <musubi/store/stream/stream_handle.hpp>

struct entry {
  std::int32_t id;
};
struct line : store {
  struct State {
    int number;
  };
  State render() const;
};

// mistake: a child in a reply
// expect: musubi: a musubi::child belongs in a State; payloads, replies and events name a store
// names: child_in_reply, Reply, opened
struct child_in_reply : store {
  struct State {
    int number;
  };
  struct Open {
    struct Reply {
      musubi::child<line> opened;
    };
  };
  using commands = musubi::commands<Open>;
  musubi::result<Open::Reply> handle(const Open&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(child_in_reply);

// mistake: a child in a command
// expect: musubi: a musubi::child belongs in a State; payloads, replies and events name a store
// names: child_in_command, Close, which
struct child_in_command : store {
  struct State {
    int number;
  };
  struct Close {
    musubi::child<line> which;
  };
  using commands = musubi::commands<Close>;
  musubi::status handle(const Close&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(child_in_command);

// mistake: a child in an async value
// expect: musubi: a musubi::child belongs in a State; payloads, replies and events name a store
// names: child_in_async, State, nearest
struct child_in_async : store {
  struct State {
    musubi::async<musubi::child<line>> nearest;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(child_in_async);

// mistake: a stream in a list, where its place in the tree would move (contract section 5.7)
// expect: musubi: a stream is a field of the State or of a struct in it; lists, optionals and dicts
// names: stream_in_list, State, logs
struct stream_in_list : store {
  struct State {
    musubi::list<musubi::stream<entry>, 2> logs;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(stream_in_list);

// mistake: a stream in a struct in an optional
// expect: musubi: a stream is a field of the State or of a struct in it; lists, optionals and dicts
// names: stream_in_optional, log_of_room, entries
struct log_of_room {
  musubi::stream<entry> entries;
};
struct stream_in_optional : store {
  struct State {
    std::optional<log_of_room> log;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(stream_in_optional);

// mistake: a stream in mount params
// expect: musubi: a musubi::stream belongs in a State; hold the values in a musubi::list<T, N>
// names: stream_in_params, Params, history
struct stream_in_params : store {
  struct Params {
    musubi::stream<entry> history;
  };
  struct State {
    int number;
  };
  musubi::status mount(const Params&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(stream_in_params);

// mistake: an async value in an event
// expect: musubi: a musubi::async belongs in a State; hold the value itself here
// names: async_in_event, Told, weather
struct async_in_event : store {
  struct State {
    int number;
  };
  struct Told {
    musubi::async<int> weather;
  };
  using events = musubi::events<Told>;
  State render() const;
};
MUSUBI_TEST_SERVE(async_in_event);

// mistake: a wide integer in an item of a stream
// expect: musubi: a browser rounds integers beyond 2^53
// names: wide_item, sample, at
struct sample {
  std::int32_t id;
  std::int64_t at;
};
struct wide_item : store {
  struct State {
    musubi::stream<sample> history;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(wide_item);

// mistake: a wide integer in a reply, in a list
// expect: musubi: a browser rounds integers beyond 2^53
// names: wide_reply, Reply, sizes
struct wide_reply : store {
  struct State {
    int number;
  };
  struct Measure {
    struct Reply {
      musubi::list<unsigned long long, 2> sizes;
    };
  };
  using commands = musubi::commands<Measure>;
  musubi::result<Measure::Reply> handle(const Measure&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(wide_reply);

// mistake: a wide integer in a command
// expect: musubi: a browser rounds integers beyond 2^53
// names: wide_command, Seek, to
struct wide_command : store {
  struct State {
    int number;
  };
  struct Seek {
    std::int64_t to;
  };
  using commands = musubi::commands<Seek>;
  musubi::status handle(const Seek&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(wide_command);

// mistake: items that could not be told apart (contract section 7.2)
// expect: musubi: items of a stream are identified by their field id, an integer or a text; add
// names: items_without_id, State, history
struct anonymous_item {
  int value;
};
struct items_without_id : store {
  struct State {
    musubi::stream<anonymous_item> history;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(items_without_id);

// mistake: an id that is no key
// expect: musubi: items of a stream are identified by their field id, an integer or a text; add
// names: items_with_float_id, State, history
struct item_with_float_id {
  float id;
};
struct items_with_float_id : store {
  struct State {
    musubi::stream<item_with_float_id> history;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(items_with_float_id);

// mistake: a key that is no text
// expect: musubi: the key of a stream is a function that returns the whole key of an item as
// names: items_by_number, State, history
struct items_by_number : store {
  struct State {
    musubi::stream<anonymous_item, [](const anonymous_item& item) { return item.value; }> history;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(items_by_number);
