/// Arbitrary bytes as JSON text: what the reader takes for well formed, cJSON reads as the same
/// value, and what is said of the parts agrees with what is said of the whole.

#include <cjson/cJSON.h>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/usual_text.hpp>
#include <musubi/net/internal/utf8.hpp>

namespace {

using musubi::json::reader;
using musubi::json::string_token;
using musubi::json::value_kind;
using musubi::json::well_formed;

void require(bool invariant) {
  if (!invariant) std::abort();
}

std::string decoded(const string_token& token) {
  std::string into(token.size(), '?');
  require(token.decode(into.data()) == into.data() + into.size());
  require(token == into);
  std::string room(6 * into.size() + 64, ' ');
  musubi::json::buffer_output out(room.data(), room.size());
  musubi::json::writer to(out);
  to.raw('"');
  token.write(to);
  to.raw('"');
  require(well_formed(out.view()));
  const auto again = reader(out.view()).string();
  require(again && again->compare(token) == 0 && *again == into);
  return into;
}

/// The value at `from` is `other`. cJSON ends a string at U+0000.
void compare(reader& from, const cJSON* other) {
  switch (from.next()) {
    case value_kind::null:
      return require(from.null() && cJSON_IsNull(other) != 0);
    case value_kind::boolean: {
      const auto value = from.boolean();
      return require(value && cJSON_IsBool(other) != 0 && *value == (cJSON_IsTrue(other) != 0));
    }
    case value_kind::number: {
      reader whole = from;
      const auto value = from.number();
      require(value && cJSON_IsNumber(other) != 0 && *value == other->valuedouble);
      reader shortly = whole;
      const auto integer = whole.integer();
      if (std::int64_t found = 0; shortly.short_integer(found)) require(integer == found);
      return require(!integer || static_cast<double>(*integer) == *value);
    }
    case value_kind::string: {
      const auto value = from.string();
      require(value && cJSON_IsString(other) != 0);
      return require(decoded(*value).c_str() == std::string(other->valuestring));
    }
    case value_kind::array:
      require(cJSON_IsArray(other) != 0);
      other = other->child;
      require(from.elements([&] {
        require(other != nullptr);
        compare(from, other);
        other = other->next;
        return true;
      }));
      return require(other == nullptr);
    case value_kind::object:
      require(cJSON_IsObject(other) != 0);
      other = other->child;
      require(from.members([&](const string_token& key) {
        require(other != nullptr && decoded(key).c_str() == std::string(other->string));
        compare(from, other);
        other = other->next;
        return true;
      }));
      return require(other == nullptr);
    case value_kind::none:
      require(false);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!musubi::net::is_utf8(text)) return 0;  // the WebSocket does not let it through
  reader from(text);
  const std::string_view raw = from.raw();
  require((!raw.empty() && from.finished()) == well_formed(text));
  require(raw.empty() == (from.problem() != musubi::json::read_problem::none));
  reader noting(text);
  musubi::json::outline parts;
  require(noting.raw(parts) == raw && noting.problem() == from.problem());
  for (std::size_t i = 0; parts.whole && i < parts.count; ++i) {
    require(well_formed(parts.members[i].value));
  }
  if (const char* const end = text.data() + text.size();
      const char* behind = musubi::json::usual_object(text.data(), end, parts)) {
    require(reader(text).raw() ==
            std::string_view(text.data(), static_cast<std::size_t>(behind - text.data())));
  }
  if (!well_formed(text)) return 0;

  const std::unique_ptr<cJSON, void (*)(cJSON*)> read(
      cJSON_ParseWithLengthOpts(text.data(), text.size(), nullptr, 0), &cJSON_Delete);
  require(read != nullptr);
  reader again(text);
  compare(again, read.get());
  require(again.finished() && again.problem() == musubi::json::read_problem::none);
  require(well_formed(" " + text + "\n"));
  // a part of a number may be a number; of anything else, no part from the beginning is a value
  const char last = raw.back();
  require((last >= '0' && last <= '9') || !well_formed(raw.substr(0, raw.size() - 1)));
  return 0;
}
