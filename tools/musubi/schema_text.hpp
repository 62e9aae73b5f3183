#pragma once
/// The schema of a server's stores (docs/inspector.md), for people to read in a terminal.

#include <string>
#include <string_view>

namespace musubi::tool {

/// Writes the roots and what is below them: fields, commands, events, uploads, with types and
/// documentation. `only` is the module of one store; empty: all. Returns what is wrong, as a
/// sentence; empty if `text` is a schema that has this store.
[[nodiscard]] std::string write_schema(std::string_view schema, std::string_view only,
                                       std::string& text);

}  // namespace musubi::tool
