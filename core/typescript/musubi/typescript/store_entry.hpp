#pragma once
/// What a bundle says of one store (contract section 12.1).

#include <musubi/store/command/commands.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/upload/uploads.hpp>
#include <musubi/typescript/types.hpp>

namespace musubi::typescript {

/// `name: {`, one of the entries of a map of commands or events.
constexpr void open_entry(output& out, std::string_view name, std::size_t depth) {
  out.indent(depth);
  write_key(out, name);
  out.put("{\n");
}
constexpr void close_entry(output& out, std::size_t depth) {
  out.indent(depth);
  out.put("}\n");
}

template <class T>
constexpr void write_payload(output& out, std::size_t depth) {
  out.indent(depth);
  out.put("payload: ");
  write_block<T>(out, depth);
  out.put('\n');
}

template <class Command>
constexpr void write_reply(output& out, std::size_t depth) {
  out.indent(depth);
  out.put("reply: ");
  if constexpr (!requires { typename Command::Reply; }) {
    out.put("never");
  } else if constexpr (is_record<typename Command::Reply> &&
                       !names_its_module<typename Command::Reply>) {
    write_block<typename Command::Reply>(out, depth);
  } else {
    write_type<typename Command::Reply>(out);
  }
  out.put('\n');
}

template <class Command>
constexpr void write_command(output& out, std::size_t depth) {
  open_entry(out, detail::command_name<Command>, depth);
  write_payload<Command>(out, depth + 2);
  write_reply<Command>(out, depth + 2);
  close_entry(out, depth);
}

template <class Event>
constexpr void write_event(output& out, std::size_t depth) {
  open_entry(out, detail::command_name<Event>, depth);
  write_payload<Event>(out, depth + 2);
  close_entry(out, depth);
}

/// What stands in a `commands<...>`, `events<...>` or `uploads<...>`.
template <class List>
struct entries_of;
template <template <class...> class List, class... Entries>
struct entries_of<List<Entries...>> {
  static constexpr std::size_t count = sizeof...(Entries);

  static constexpr void write_commands(output& out, [[maybe_unused]] std::size_t depth) {
    (write_command<Entries>(out, depth), ...);
  }
  static constexpr void write_events(output& out, [[maybe_unused]] std::size_t depth) {
    (write_event<Entries>(out, depth), ...);
  }
  static constexpr void write_uploads(output& out, [[maybe_unused]] std::size_t depth) {
    ((out.indent(depth), write_key(out, detail::upload_name<Entries>), out.put("UploadField\n")),
     ...);
  }
};

/// A map between braces, written by `entries(out, depth)`; `{}` when there are `count` = 0 of them.
template <class Entries>
constexpr void write_map(output& out, std::size_t count, std::size_t depth, Entries entries) {
  if (count == 0) return out.put("{}");
  out.put("{\n");
  entries(out, depth + 2);
  out.indent(depth);
  out.put('}');
}

template <class Store>
constexpr void write_shape(output& out, std::size_t depth) {
  write_fields<typename Store::State>(out, depth);
  entries_of<typename detail::uploads_of<Store>::type>::write_uploads(out, depth);
}

/// `"Mod": StoreDef<…>` as a member of the interface `Stores`.
template <class Store>
constexpr void write_store(output& out, std::size_t depth) {
  using commands = entries_of<typename detail::commands_of<Store>::type>;
  using events = entries_of<typename detail::events_of<Store>::type>;
  constexpr std::size_t shape = detail::field_count<typename Store::State>() +
                                entries_of<typename detail::uploads_of<Store>::type>::count;
  const auto argument = [&] {
    out.put(",\n");
    out.indent(depth + 2);
  };
  out.indent(depth);
  out.quoted(Store::module);
  out.put(": StoreDef<\n");
  out.indent(depth + 2);
  out.quoted(Store::module);
  argument();
  write_map(out, shape, depth + 2, &write_shape<Store>);
  argument();
  write_map(out, commands::count, depth + 2, &commands::write_commands);
  argument();
  write_map(out, events::count, depth + 2, &events::write_events);
  out.put('\n');
  out.indent(depth);
  out.put(">\n");
}

}  // namespace musubi::typescript
