// Commands that no browser could call, or that nobody could answer.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <tuple>

struct shown : store {
  struct State {
    int celsius;
  };
  State render() const;
};

// mistake: handlers and no list
// expect: musubi: this store has a handle function but no list of commands, so no browser could
// names: without_list
struct without_list : shown {
  struct SetTarget {
    int celsius;
  };
  musubi::status handle(const SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(without_list);

// mistake: a list of another name
// expect: musubi: the library looks for lists named commands, events, uploads and roots; rename
// names: with_misspelt_list
struct with_misspelt_list : shown {
  struct SetTarget {
    int celsius;
  };
  using command = musubi::commands<SetTarget>;
  musubi::status handle(const SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_misspelt_list);

// mistake: a list of another kind
// expect: musubi: the commands of a store are listed as `using commands = musubi::commands<
// names: with_tuple
struct with_tuple : shown {
  struct SetTarget {
    int celsius;
  };
  using commands = std::tuple<SetTarget>;
  musubi::status handle(const SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_tuple);

// mistake: a list that is private
// expect: musubi: this store has a handle function but no list of commands, so no browser could
// names: with_private_list
class with_private_list : public shown {
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;

 public:
  musubi::status handle(const SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_private_list);

// mistake: a command that is handled and left out of the list
// expect: musubi: this store handles a command that is not in its list
// names: with_one_left_out, Reboot
struct with_one_left_out : shown {
  struct SetTarget {
    int celsius;
  };
  struct Reboot {};
  using commands = musubi::commands<SetTarget>;
  musubi::status handle(const SetTarget&, musubi::context&);
  musubi::status handle(const Reboot&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_one_left_out);

// mistake: several that are left out: the first
// expect: musubi: this store handles a command that is not in its list
// names: with_three_left_out, Reboot
struct with_three_left_out : shown {
  struct SetTarget {
    int celsius;
  };
  struct Reboot {};
  struct Rename {};
  struct Reset {};
  using commands = musubi::commands<SetTarget>;
  musubi::status handle(const SetTarget&, musubi::context&);
  musubi::status handle(const Reboot&, musubi::context&);
  musubi::status handle(Rename, musubi::context&);
  musubi::task<musubi::status> handle(const Reset&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_three_left_out);

// mistake: several that are left out: the last
// expect: musubi: this store handles a command that is not in its list
// names: with_three_left_out, Reset

// mistake: a command without a handler
// expect: musubi: a command of this store has no handler; add a public `musubi::status
// names: without_handler, SetTarget
struct without_handler : shown {
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;
};
MUSUBI_TEST_SERVE(without_handler);

// mistake: a handler that is private
// expect: musubi: a command of this store has no handler; add a public `musubi::status
// names: with_private_handler, SetTarget
class with_private_handler : public shown {
 public:
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;

 private:
  musubi::status handle(const SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_private_handler);

// mistake: a handler that wants to change the command
// expect: musubi: a handler only reads its command; take it as `const Command&`
// names: with_mutable_command, SetTarget
struct with_mutable_command : shown {
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;
  musubi::status handle(SetTarget&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_mutable_command);

// mistake: a handler that is not told where it runs
// expect: musubi: a handler takes `musubi::context&` as its last argument; add it
// names: without_context, SetTarget
struct without_context : shown {
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;
  musubi::status handle(const SetTarget&);
};
MUSUBI_TEST_SERVE(without_context);

// mistake: a handler that does not say whether it worked
// expect: musubi: the handler of a command without a Reply returns musubi::status
// names: without_answer, Reset
struct without_answer : shown {
  struct Reset {};
  using commands = musubi::commands<Reset>;
  void handle(const Reset&, musubi::context&);
};
MUSUBI_TEST_SERVE(without_answer);

// mistake: a handler that answers in its own way
// expect: musubi: the handler of a command without a Reply returns musubi::status
// names: with_bool, Reset
struct with_bool : shown {
  struct Reset {};
  using commands = musubi::commands<Reset>;
  bool handle(const Reset&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_bool);

// mistake: a command with a reply, and a handler that gives none
// expect: musubi: the handler of a command with a Reply returns musubi::result<Command::Reply>
// names: without_reply, Reboot
struct without_reply : shown {
  struct Reboot {
    struct Reply {
      int in_seconds;
    };
  };
  using commands = musubi::commands<Reboot>;
  musubi::status handle(const Reboot&, musubi::context&);
};
MUSUBI_TEST_SERVE(without_reply);

// mistake: a reply that is not a struct
// expect: musubi: a Reply is a plain struct; its fields are what the browser receives
// names: with_number_as_reply, Reboot
struct with_number_as_reply : shown {
  struct Reboot {
    using Reply = int;
  };
  using commands = musubi::commands<Reboot>;
  musubi::result<int> handle(const Reboot&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_number_as_reply);

// mistake: a command that is not a struct
// expect: musubi: a command is a plain struct; its fields are the payload
// names: with_enum_as_command, switched
enum class switched { off, on };
struct with_enum_as_command : shown {
  using commands = musubi::commands<switched>;
  musubi::status handle(const switched&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_enum_as_command);

// mistake: two commands that nobody could tell apart
// expect: musubi: two commands of one store have the same name; rename one of them: static
// names: with_twins, SetTarget, Other
struct with_twins : shown {
  struct SetTarget {
    int celsius;
  };
  struct Other {
    static constexpr std::string_view name = "set_target";
  };
  using commands = musubi::commands<SetTarget, Other>;
  musubi::status handle(const SetTarget&, musubi::context&);
  musubi::status handle(const Other&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_twins);

// mistake: a name that the protocol keeps for itself (contract section 4.8)
// expect: musubi: command names that begin with musubi: are reserved; rename the command
// names: with_reserved_name, Upload
struct with_reserved_name : shown {
  struct Upload {
    static constexpr std::string_view name = "musubi:allow_upload";
  };
  using commands = musubi::commands<Upload>;
  musubi::status handle(const Upload&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_reserved_name);

// mistake: a name with a quote in it
// expect: musubi: a command's name must be printable ASCII without quotes and slashes; rename it
// names: with_awkward_name, Say
struct with_awkward_name : shown {
  struct Say {
    static constexpr std::string_view name = "say \"hello\"";
  };
  using commands = musubi::commands<Say>;
  musubi::status handle(const Say&, musubi::context&);
};
MUSUBI_TEST_SERVE(with_awkward_name);

// --- events ---

// mistake: events of another kind
// expect: musubi: the events of a store are listed as `using events = musubi::events<
// names: with_one_event, Toast
struct with_one_event : shown {
  struct Toast {
    int number;
  };
  using events = Toast;
};
MUSUBI_TEST_SERVE(with_one_event);

// mistake: events under another name
// expect: musubi: the library looks for lists named commands, events, uploads and roots; rename
// names: with_capital_events
struct with_capital_events : shown {
  struct Toast {
    int number;
  };
  using Events = musubi::events<Toast>;
};
MUSUBI_TEST_SERVE(with_capital_events);

// mistake: an event without the names of its fields
// expect: musubi: this type has constructors or private members, so the library cannot see its
// fields names: with_class_as_event, Toast
struct with_class_as_event : shown {
  class Toast {
   public:
    explicit Toast(int of) : number(of) {}

   private:
    int number;
  };
  using events = musubi::events<Toast>;
};
MUSUBI_TEST_SERVE(with_class_as_event);

// mistake: an event that is a number
// expect: musubi: an event is a plain struct; its fields are the payload
// names: with_number_as_event
struct with_number_as_event : shown {
  using events = musubi::events<int>;
};
MUSUBI_TEST_SERVE(with_number_as_event);

// mistake: two events that a page could not tell apart (contract section 9)
// expect: musubi: two events of one store have the same name; rename one of them: static
// names: with_twin_events, Toast
struct Toast {};
struct with_twin_events : shown {
  struct Toast {
    int number;
  };
  using events = musubi::events<Toast, ::Toast>;
};
MUSUBI_TEST_SERVE(with_twin_events);

// mistake: an event whose name the protocol keeps for itself (contract section 9)
// expect: musubi: event names that begin with musubi: are reserved; rename the event
// names: with_reserved_event, Told
struct with_reserved_event : shown {
  struct Told {
    static constexpr std::string_view name = "musubi:toast";
  };
  using events = musubi::events<Told>;
};
MUSUBI_TEST_SERVE(with_reserved_event);
