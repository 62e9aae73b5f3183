#pragma once
/// The JSON schema of a program's stores, made by the compiler from the declarations themselves, of
/// the modules that a bundle has:
///
///     {"version":1,"roots":["Home.Thermostat"],"stores":{"Home.Thermostat":{…}},"$defs":{…}}
///
/// Programs do not call this: `musubi_add_inspector` in CMake links the text into a program.

#include <musubi/typescript/bundle.hpp>

namespace musubi::typescript {

/// The version of the schema's layout, for the page that reads it.
inline constexpr std::size_t schema_version = 1;

template <class List>
struct root_names;
template <template <class...> class List, class... Stores>
struct root_names<List<Stores...>> {
  static constexpr void write(output& out, bool& first) {
    ((out.put(first ? "" : ","), first = false, out.json_string(Stores::module)), ...);
  }
};

/// The modules as the members of an object.
constexpr void write_module_schemas(output& out, const module_list& modules) {
  bool first = true;
  for (const module_entry& entry : modules) {
    out.put(first ? "" : ",");
    first = false;
    out.json_string(entry.name);
    out.put(':');
    entry.schema(out);
  }
}

/// The schema of all stores in these lists, `musubi::roots<...>`, and of their children.
template <class... Roots>
inline constexpr auto schema = [] {
  static_assert(right_modules<Roots...>());
  return generate<default_options>([](output& out) {
    out.put(R"({"version":)");
    out.number(schema_version);
    out.put(R"(,"roots":[)");
    bool first = true;
    (root_names<Roots>::write(out, first), ...);
    out.put(R"(],"stores":{)");
    write_module_schemas(out, modules_of<Roots...>.stores);
    out.put(R"(},"$defs":{)");
    write_module_schemas(out, modules_of<Roots...>.structs);
    out.put("}}");
  });
}();

/// A schema as it stands in an object file, where `musubi_add_inspector` finds it: between zeros,
/// after a line that says how many stores there are.
template <class... Sockets>
inline constexpr auto embedded_schema = generate<default_options>([](output& out) {
  out.put('\0');
  out.put("musubi_add_inspector: ");
  out.number(modules_of<typename Sockets::roots...>.stores.size());
  out.put(" stores\n", schema<typename Sockets::roots...>.view(), "\n");
});

}  // namespace musubi::typescript
