#include "schema_text.hpp"

#include <cstdint>
#include <vector>

#include <musubi/json/document.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/json/value.hpp>

namespace musubi::tool {

namespace {

using json::value;

/// About 64 bytes a value; a schema's shortest value takes eight characters.
constexpr std::size_t arena_bytes_per_byte = 32;
/// Structs within structs that are written out.
constexpr int most_depth = 8;

std::string string_of(value from) {
  return std::string(from ? from.string().value_or("") : "");
}

std::string number_text(double number) {
  char room[64];
  json::buffer_output to(room, sizeof room);
  json::writer(to).number(number);
  return std::string(to.view());
}

std::string literal_text(value only) {
  char room[256];
  json::buffer_output to(room, sizeof room);
  json::writer out(to);
  return json::write(out, only) && !to.failed() ? std::string(to.view()) : "a constant";
}

/// Writes what a schema says of types.
class describer {
 public:
  describer(value schema, std::string& text) : schema_(schema), text_(text) {}

  void store(std::string_view module, bool is_root) {
    const value declared = schema_.member("stores").member(module);
    line(0, std::string(module) + (is_root ? "" : "  (placed by other stores)"), {});
    section("params", declared.member("params"));
    section("state", declared.member("state"));
    commands(declared.member("commands"));
    events(declared.member("events"));
    uploads(declared.member("uploads"));
    text_ += '\n';
  }

 private:
  void line(int depth, const std::string& what, const std::string& documentation) {
    text_.append(static_cast<std::size_t>(2 * depth), ' ').append(what);
    if (!documentation.empty()) text_.append("  -- ").append(documentation);
    text_ += '\n';
  }
  void section(const char* title, value type) {
    if (!resolved(type).member("properties").first()) return;
    line(1, title, {});
    fields(2, type);
  }
  void fields(int depth, value type) {
    for (value each = resolved(type).member("properties").first(); each; each = each.next()) {
      field(depth, std::string(each.key()), each);
    }
  }
  void field(int depth, const std::string& name, value type) {
    const std::string unit = string_of(type.member("unit"));
    line(depth, name + ": " + type_text(type) + (unit.empty() ? "" : ", in " + unit),
         string_of(type.member("description")));
    if (depth < 2 * most_depth) below(depth + 1, type);
  }
  /// The fields of the struct that a type holds, if it does.
  void below(int depth, value type) {
    const value found = inner(type);
    if (found.member("properties")) return fields(depth, found);
    for (value each = found.member("oneOf").first(); each; each = each.next()) {
      line(depth, "either", {});
      fields(depth + 1, each);
    }
  }
  void commands(value all) {
    if (!all || !all.first()) return;
    line(1, "commands", {});
    for (value each = all.first(); each; each = each.next()) {
      line(2, std::string(each.key()), string_of(each.member("payload").member("description")));
      fields(3, each.member("payload"));
      const value reply = each.member("reply");
      if (!reply || !resolved(reply).member("properties").first()) continue;
      line(3, "reply", {});
      fields(4, reply);
    }
  }
  void events(value all) {
    if (!all || !all.first()) return;
    line(1, "events", {});
    for (value each = all.first(); each; each = each.next()) {
      line(2, std::string(each.key()), {});
      fields(3, each);
    }
  }
  void uploads(value all) {
    if (!all || !all.first()) return;
    line(1, "uploads", {});
    for (value each = all.first(); each; each = each.next()) line(2, string_of(each), {});
  }

  [[nodiscard]] value resolved(value type) const {
    if (!type) return type;
    const value reference = type.member("$ref");
    if (!reference) return type;
    constexpr std::string_view head = "#/$defs/";
    const std::string name = string_of(reference);
    return name.starts_with(head) ? schema_.member("$defs").member(name.substr(head.size())) : type;
  }
  /// What an optional holds; nothing for other types.
  [[nodiscard]] static value optional(value type) {
    for (value each = type.member("anyOf").first(); each; each = each.next()) {
      if (string_of(each.member("type")) != "null") return each;
    }
    return {};
  }
  /// Takes what is around a struct away: that it is optional, a list, a stream.
  [[nodiscard]] value inner(value type) const {
    for (int i = 0; i < most_depth; ++i) {
      const value found = resolved(type);
      value next;
      for (const char* around : {"items", "additionalProperties", "stream", "async"}) {
        if (!next) next = found.member(around);
      }
      if (!next) next = optional(found);
      if (!next) return found;
      type = next;
    }
    return type;
  }

  [[nodiscard]] std::string type_text(value given) const {
    const value type = resolved(given);
    if (!type) return "unknown";
    if (const value kept = optional(type)) return type_text(kept) + ", or null";
    if (const value module = type.member("store")) return "store " + string_of(module);
    if (const value item = type.member("stream")) return "stream of " + type_text(item);
    if (const value loaded = type.member("async")) return "async " + type_text(loaded);
    if (const value item = type.member("items")) {
      return "list of " + most(type.member("maxItems")) + type_text(item);
    }
    if (const value item = type.member("additionalProperties"); item && item.is_object()) {
      return "dict of " + most(type.member("maxProperties")) + type_text(item);
    }
    if (const value names = type.member("enum")) return alternatives(names);
    if (const value only = type.member("const")) return literal_text(only);
    if (type.member("oneOf")) return "one of several";
    if (type.member("properties")) return "struct";
    const std::string kind = string_of(type.member("type"));
    if (kind == "integer" || kind == "number") return kind + range(type);
    if (kind == "string") {
      const value bytes = type.member("maxBytes");
      return bytes ? "string of at most " + number_text(*bytes.number()) + " bytes" : "string";
    }
    return kind.empty() ? "anything" : kind;
  }
  [[nodiscard]] static std::string most(value number) {
    return number && number.number() ? "at most " + number_text(*number.number()) + " × " : "";
  }
  [[nodiscard]] static std::string alternatives(value names) {
    std::string all;
    for (value each = names.first(); each; each = each.next()) {
      all += (all.empty() ? "" : " | ") + string_of(each);
    }
    return all;
  }
  [[nodiscard]] static std::string range(value type) {
    std::string all;
    const value least = type.member("minimum");
    const value greatest = type.member("maximum");
    const value step = type.member("multipleOf");
    const bool is_bounded = least && greatest && least.number() && greatest.number();
    const bool is_common =
        is_bounded && (*greatest.number() == INT32_MAX || *greatest.number() == 9007199254740991.0);
    if (is_bounded && !(is_common && *least.number() < 0)) {
      all = " from " + number_text(*least.number()) + " to " + number_text(*greatest.number());
    }
    if (step && step.number()) all += " in steps of " + number_text(*step.number());
    return all;
  }

  value schema_;
  std::string& text_;
};

}  // namespace

std::string write_schema(std::string_view schema, std::string_view only, std::string& text) {
  std::vector<std::byte> room(schema.size() * arena_bytes_per_byte + 4096);
  carver from(room.data());
  arena memory("schema", from, room.size());
  value document;
  if (json::parse(schema, memory, document) != json::parse_error::none) {
    return "the schema is not JSON";
  }
  const value version = document.is_object() ? document.member("version") : value();
  if (!version || !version.integer()) return "this is no schema of stores";
  if (*version.integer() != 1) return "the schema is of a later version: this program knows 1";
  const value roots = document.member("roots");
  const value stores = document.member("stores");
  if (!roots || !stores) return "this is no schema of stores";
  const auto is_root = [&](std::string_view module) {
    for (value each = roots.first(); each; each = each.next()) {
      if (each.string() == module) return true;
    }
    return false;
  };
  describer describe(document, text);
  if (!only.empty()) {
    if (!stores.member(only)) return "the server has no store " + std::string(only);
    describe.store(only, is_root(only));
    return {};
  }
  for (value each = roots.first(); each; each = each.next()) describe.store(string_of(each), true);
  for (value each = stores.first(); each; each = each.next()) {
    if (!is_root(each.key())) describe.store(each.key(), false);
  }
  return {};
}

}  // namespace musubi::tool
