#pragma once
/// Mistakes in the commands and events of a store.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Store>
struct commands_not_listed {
  static_assert(
      right<commands_not_listed>,
      "musubi: this store has a handle function but no list of commands, so no browser could call "
      "it; add a public `using commands = musubi::commands<SetTarget>;` that lists every command");
};
template <class Store, class List>
struct commands_of_another_kind {
  static_assert(right<commands_of_another_kind>,
                "musubi: the commands of a store are listed as `using commands = "
                "musubi::commands<SetTarget, Reboot>;`");
};
/// `Command` is what some `handle` takes.
template <class Store, class Command>
struct command_left_out {
  static_assert(right<command_left_out>,
                "musubi: this store handles a command that is not in its list, so no browser could "
                "call it; add the command to `using commands = musubi::commands<...>;`");
};
template <class Store, class Command>
struct command_without_handler {
  static_assert(right<command_without_handler>,
                "musubi: a command of this store has no handler; add a public `musubi::status "
                "handle(const Command&, musubi::context&)`");
};
template <class Store, class Command>
struct handler_of_a_mutable_command {
  static_assert(right<handler_of_a_mutable_command>,
                "musubi: a handler only reads its command; take it as `const Command&`");
};
template <class Store, class Command>
struct handler_without_context {
  static_assert(right<handler_without_context>,
                "musubi: a handler takes `musubi::context&` as its last argument; add it");
};
template <class Store, class Command>
struct private_handler {
  static_assert(right<private_handler>,
                "musubi: the library calls the handlers of a store; make this one public");
};
template <class Store, class Command, class Answer>
struct handler_of_another_answer {
  static_assert(right<handler_of_another_answer>,
                "musubi: the handler of a command without a Reply returns musubi::status, or a "
                "musubi::task of it");
};
template <class Store, class Command, class Answer>
struct handler_without_reply {
  static_assert(right<handler_without_reply>,
                "musubi: the handler of a command with a Reply returns "
                "musubi::result<Command::Reply>, or a musubi::task of it");
};
template <class Store, class Command>
struct command_that_is_no_struct {
  static_assert(right<command_that_is_no_struct>,
                "musubi: a command is a plain struct; its fields are the payload");
};
template <class Store, class Command, class Reply>
struct reply_that_is_no_struct {
  static_assert(right<reply_that_is_no_struct>,
                "musubi: a Reply is a plain struct; its fields are what the browser receives");
};
template <class Store, class Command>
struct command_without_first_values {
  static_assert(
      right<command_without_first_values>,
      "musubi: a command is constructed before its fields are read; make it default-constructible");
};
template <class Store, class Command>
struct reserved_command_name {
  static_assert(right<reserved_command_name>,
                "musubi: command names that begin with musubi: are reserved; rename the command");
};
template <class Store, class Command>
struct awkward_command_name {
  static_assert(right<awkward_command_name>,
                "musubi: a command's name must be printable ASCII without quotes and slashes; "
                "rename it");
};
template <class Store, class Command, class Other>
struct duplicate_command_name {
  static_assert(right<duplicate_command_name>,
                "musubi: two commands of one store have the same name; rename one of them: static "
                "constexpr std::string_view name = \"set_other_target\"");
};

template <class Store, class List>
struct events_of_another_kind {
  static_assert(right<events_of_another_kind>,
                "musubi: the events of a store are listed as `using events = "
                "musubi::events<Toast, Alarm>;`");
};
template <class Store, class Event>
struct event_that_is_no_struct {
  static_assert(right<event_that_is_no_struct>,
                "musubi: an event is a plain struct; its fields are the payload");
};
template <class Store, class Event>
struct reserved_event_name {
  static_assert(right<reserved_event_name>,
                "musubi: event names that begin with musubi: are reserved; rename the event");
};
template <class Store, class Event>
struct awkward_event_name {
  static_assert(right<awkward_event_name>,
                "musubi: an event's name must be printable ASCII without quotes and slashes; "
                "rename it");
};
template <class Store, class Event, class Other>
struct duplicate_event_name {
  static_assert(right<duplicate_event_name>,
                "musubi: two events of one store have the same name; rename one of them: static "
                "constexpr std::string_view name = \"other_toast\"");
};

}  // namespace musubi::mistake
