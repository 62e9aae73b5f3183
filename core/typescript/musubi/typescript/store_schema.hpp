#pragma once
/// What a schema says of one store.

#include <musubi/store/command/commands.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/internal/store_calls.hpp>
#include <musubi/store/upload/uploads.hpp>
#include <musubi/typescript/type_schema.hpp>

namespace musubi::typescript {

/// What stands in a `commands<...>`, `events<...>` or `uploads<...>`.
template <class List>
struct schemas_of;
template <template <class...> class List, class... Entries>
struct schemas_of<List<Entries...>> {
  static constexpr void write_commands(output& out) {
    separated(out, [&]<class Entry>() {
      out.json_string(detail::command_name<Entry>);
      out.put(R"(:{"payload":)");
      write_record_schema<Entry>(out);
      if constexpr (requires { typename Entry::Reply; }) {
        out.put(R"(,"reply":)");
        write_schema<typename Entry::Reply>(out);
      }
      out.put('}');
    });
  }
  static constexpr void write_events(output& out) {
    separated(out, [&]<class Entry>() {
      out.json_string(detail::command_name<Entry>);
      out.put(':');
      write_record_schema<Entry>(out);
    });
  }
  static constexpr void write_uploads(output& out) {
    separated(out, [&]<class Entry>() { out.json_string(detail::upload_name<Entry>); });
  }

 private:
  template <class Write>
  static constexpr void separated([[maybe_unused]] output& out, [[maybe_unused]] Write write) {
    [[maybe_unused]] bool first = true;
    ((first ? void(first = false) : out.put(','), write.template operator()<Entries>()), ...);
  }
};

/// `{"state":…,"uploads":[…],"commands":{…},"events":{…}}`; `params`, which a browser passes when
/// it mounts the store, stands before them.
template <class Store>
constexpr void write_store_schema(output& out) {
  out.put(R"({"params":)");
  write_record_schema<typename detail::params_of<Store>::type>(out);
  out.put(R"(,"state":)");
  write_record_schema<typename Store::State>(out);
  out.put(R"(,"uploads":[)");
  schemas_of<typename detail::uploads_of<Store>::type>::write_uploads(out);
  out.put(R"(],"commands":{)");
  schemas_of<typename detail::commands_of<Store>::type>::write_commands(out);
  out.put(R"(},"events":{)");
  schemas_of<typename detail::events_of<Store>::type>::write_events(out);
  out.put("}}");
}

}  // namespace musubi::typescript
