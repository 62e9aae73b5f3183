// What a store asks of its context, in a way that nobody could answer.

#include <musubi/musubi.hpp>

struct reading {
  int id;
};
musubi::topic<reading> readings;
musubi::task<musubi::result<reading>> read_now();
musubi::task<musubi::result<std::tuple<int>>> read_one();
musubi::task<reading> read_plainly();

// mistake: following what cannot say that it changed
// expect: musubi: a store follows a musubi::watch that outlives it; declare `musubi::watch<int>
// names: followed_value_that_is_no_watch, int
struct follower_of_a_number {
  musubi::status mount(musubi::context& ctx) { return ctx.follow(target); }
  int target = 20;
};

// mistake: being told a value without a function for it
// expect: musubi: a store that follows a value with `ctx.follow(*this, value)` needs a public
// names: without_value_info, reading
musubi::watch<reading> latest_reading;
struct without_value_info {
  musubi::status mount(musubi::context& ctx) { return ctx.follow(*this, latest_reading); }
};

// mistake: messages that nobody would take
// expect: musubi: a store that subscribes to a topic needs a public `void handle_info(const
// names: without_info, reading
struct without_info {
  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, readings); }
};

// mistake: messages that are taken in private
// expect: musubi: a store that subscribes to a topic needs a public `void handle_info(const
// names: with_private_info, reading
class with_private_info {
 public:
  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, readings); }

 private:
  void handle_info(const reading&, musubi::context&) {}
};

// mistake: a subscription to what is no topic
// expect: musubi: a store subscribes to a topic that outlives it
// names: with_message, reading
struct with_message {
  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, last); }
  reading last;
};

// mistake: news that nobody would take
// expect: musubi: a store that is sent an update needs a public `void update(const News&,
// names: comments, reading
struct comments {};
musubi::status tell(musubi::context& ctx) {
  return ctx.send_update<comments>(reading{1}, "comments");
}

// mistake: a result that nobody would take
// expect: musubi: a store that starts a task needs a public `void handle_async(const
// names: without_async, reading
struct without_async {
  musubi::status go(musubi::context& ctx) { return ctx.start_async(*this, read_now()); }
};

// mistake: work that cannot fail
// expect: musubi: the work must be a coroutine that returns musubi::task<musubi::result<T>>;
// names: with_plain_task
struct with_plain_task {
  musubi::status go(musubi::context& ctx) {
    return ctx.assign_async<&with_plain_task::last>(*this, read_plainly());
  }
  musubi::async<reading> last;
};

// mistake: work that is not handed over
// expect: musubi: the work must be a coroutine that returns musubi::task<musubi::result<T>>;
// names: with_kept_task
struct with_kept_task {
  musubi::status go(musubi::context& ctx) {
    auto work = read_now();
    return ctx.start_async(*this, work);
  }
  void handle_async(const musubi::result<reading>&, musubi::context&) {}
};

// mistake: a member that is not async
// expect: musubi: ctx.assign_async names a member of this store that is a musubi::async<T>,
// names: with_plain_member, last
struct with_plain_member {
  musubi::status go(musubi::context& ctx) {
    return ctx.assign_async<&with_plain_member::last>(*this, read_now());
  }
  reading last;
};

// mistake: a member of another type
// expect: musubi: ctx.assign_async names a member of this store that is a musubi::async<T>,
// names: with_other_member, last
struct with_other_member {
  musubi::status go(musubi::context& ctx) {
    return ctx.assign_async<&with_other_member::last>(*this, read_now());
  }
  musubi::async<int> last;
};

// mistake: fewer values than members
// expect: musubi: a task for several async members yields a std::tuple with one value for each
// names: with_too_few_values
struct with_too_few_values {
  musubi::status go(musubi::context& ctx) {
    return ctx.assign_async<&with_too_few_values::low, &with_too_few_values::high>(*this,
                                                                                   read_one());
  }
  musubi::async<int> low;
  musubi::async<int> high;
};

// mistake: a stream that is filled with something else
// expect: musubi: ctx.stream_async names a musubi::async<musubi::stream<item>> member of this
// names: with_other_items, log
struct with_other_items {
  struct State {
    musubi::async<musubi::stream<reading>> log;
  };
  musubi::status go(musubi::context& ctx) {
    return ctx.stream_async<&with_other_items::log, &State::log>(*this, read_now());
  }
  musubi::async<musubi::stream<reading>> log;
};

// mistake: a task that is cancelled by a member that has none
// expect: musubi: ctx.cancel_async names the members passed to ctx.assign_async, each a
// names: with_nothing_to_cancel, last
struct with_nothing_to_cancel {
  void go(musubi::context& ctx) { ctx.cancel_async<&with_nothing_to_cancel::last>(); }
  reading last;
};

// mistake: items for a field that is no stream
// expect: musubi: ctx.stream names a field of the State that is a musubi::stream<item>
// names: with_list, last
struct with_list {
  struct State {
    musubi::list<reading, 4> last;
  };
  void go(musubi::context& ctx) { ctx.stream<&State::last>().insert(reading{1}); }
};

// mistake: an event whose field cannot travel
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: toast, message
struct toast {
  const char* message;
};
void push(musubi::context& ctx) {
  ctx.push_event(toast{"saved"});
}

// mistake: files of what is no upload
// expect: musubi: name an upload by its struct: the one that declares `accept`, in the store's
// names: reading
void take(musubi::context& ctx) {
  ctx.consume_uploads<reading>([](const musubi::upload_entry&) { return true; });
}

// mistake: a callback that is not told whose it is
// expect: musubi: a callback is a member function of the store that takes up to three values,
// names: with_callback
struct with_callback {
  void changed(int) {}
  auto made(const musubi::context& ctx) const {
    return ctx.callback<&with_callback::changed>(*this);
  }
};

// mistake: hooks without room
// expect: musubi: a store with hooks declares how many it may attach: static constexpr
// names: without_room
struct without_room {
  musubi::verdict check(const musubi::command_info&, musubi::context&) { return musubi::proceed(); }
  musubi::status mount(musubi::context& ctx) {
    return ctx.attach_hook<musubi::before_command, &without_room::check>(*this, "check");
  }
};

// mistake: a hook that decides nothing
// expect: musubi: a hook of this stage is `musubi::verdict name(const Info&, musubi::context&)`
// names: with_void_hook, before_command
struct with_void_hook {
  static constexpr std::size_t hooks = 1;
  void check(const musubi::command_info&, musubi::context&) {}
  musubi::status mount(musubi::context& ctx) {
    return ctx.attach_hook<musubi::before_command, &with_void_hook::check>(*this, "check");
  }
};

// mistake: a hook of another stage
// expect: musubi: a hook after render is `void name(State&, musubi::context&)`
// names: with_other_hook
struct with_other_hook {
  struct State {
    int number;
  };
  static constexpr std::size_t hooks = 1;
  musubi::verdict check(const musubi::command_info&, musubi::context&) { return musubi::proceed(); }
  musubi::status mount(musubi::context& ctx) {
    return ctx.attach_hook<musubi::after_render, &with_other_hook::check>(*this, "check");
  }
};
