#include <bit>
#include <cstdlib>
#include <cstring>

#include <musubi/json/value.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::json {

namespace {

// cJSON's allocation hooks are one for the whole process and carry no context
MUSUBI_THREAD_LOCAL arena* parsing_into = nullptr;

#if defined(MUSUBI_SINGLE_THREADED)
void* allocate(std::size_t bytes) {
  return parsing_into->allocate(bytes);
}
void deallocate(void*) {}  // the arena is reset as a whole
#else
// An application that uses cJSON itself, outside of `parse`, gets from the hooks what it had
// before.
void* allocate(std::size_t bytes) {
  return parsing_into == nullptr ? std::malloc(bytes)  // NOLINT(cppcoreguidelines-no-malloc)
                                 : parsing_into->allocate(bytes);
}
void deallocate(void* bytes) {
  if (parsing_into == nullptr) std::free(bytes);  // NOLINT(cppcoreguidelines-no-malloc)
}
#endif

void install_hooks() noexcept {
  cJSON_Hooks hooks{&allocate, &deallocate};
  cJSON_InitHooks(&hooks);
}

// cJSON knows the end of a string by its NUL, so U+0000 inside one passes through it as two bytes
// that UTF-8 does not have. Where they occur, each item gets the lengths of its key and its string,
// in fields that its type leaves unused, and this mark.
constexpr int has_lengths = 1 << 12;
constexpr char nul_bytes[] = {'\xC0', '\x80'};

/// Copies `text`, writing `nul_bytes` for each `\u0000`; answers the end.
char* hide_nuls(std::string_view text, char* into) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      *into++ = text[at++];
    } else if (slice(text, at).starts_with("\\u0000")) {
      into = static_cast<char*>(std::memcpy(into, nul_bytes, 2)) + 2;
      at += 6;
    } else {
      into = static_cast<char*>(std::memcpy(into, text.data() + at, 2)) + 2;
      at += 2;
    }
  }
  return into;
}

/// Puts the NULs back; answers the length.
int show_nuls(char* string) noexcept {
  if (string == nullptr) return 0;
  char* into = string;
  for (const char* at = string; *at != '\0'; ++at) {
    if (*at == nul_bytes[0]) {
      *into++ = '\0';
      ++at;
    } else {
      *into++ = *at;
    }
  }
  return static_cast<int>(into - string);
}

void note_lengths(cJSON* item) noexcept {
  for (; item != nullptr; item = item->next) {
    const int key = show_nuls(item->string);
    if (cJSON_IsNumber(item) != 0) {
      item->valueint = key;
    } else {
      item->valueint = show_nuls(item->valuestring);
      item->valuedouble = std::bit_cast<double>(static_cast<std::uint64_t>(key));
    }
    item->type |= has_lengths;
    note_lengths(item->child);
  }
}

cJSON* parse_into(arena& memory, std::string_view text) noexcept {
  static const bool hooked = (install_hooks(), true);
  (void)hooked;
  parsing_into = &memory;
  cJSON* const root = cJSON_ParseWithLengthOpts(text.data(), text.size(), nullptr, 0);
  parsing_into = nullptr;
  return root;
}

int depth_of(std::string_view text) noexcept {
  int depth = 0;
  int deepest = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '"') quoted = !quoted;
    if (quoted) {
      at += byte == '\\' ? 1 : 0;
    } else if (byte == '{' || byte == '[') {
      deepest = ++depth > deepest ? depth : deepest;
    } else if (byte == '}' || byte == ']') {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

parse_error parse(std::string_view text, arena& memory, value& document) noexcept {
  // cJSON takes more than JSON, so what it gets is checked first
  const read_problem problem = problem_of(text);
  if (problem == read_problem::too_deep) return parse_error::too_deep;
  if (problem != read_problem::none) return parse_error::malformed;
  if (max_value_depth < reader::max_depth && depth_of(text) > max_value_depth) {
    return parse_error::too_deep;
  }
  const bool nuls = text.find("\\u0000") != std::string_view::npos;
  if (nuls) {
    auto* const copy = static_cast<char*>(memory.allocate(text.size()));
    if (copy == nullptr) return parse_error::too_large;
    text = {copy, static_cast<std::size_t>(hide_nuls(text, copy) - copy)};
  }
  cJSON* const root = parse_into(memory, text);
  if (root == nullptr) return parse_error::too_large;
  if (nuls) note_lengths(root);
  document = value(root);
  return parse_error::none;
}

std::optional<bool> value::boolean() const noexcept {
  if (cJSON_IsBool(item_) == 0) return std::nullopt;
  return cJSON_IsTrue(item_) != 0;
}

std::optional<std::string_view> value::string() const noexcept {
  if (cJSON_IsString(item_) == 0) return std::nullopt;
  if ((item_->type & has_lengths) == 0) return std::string_view(item_->valuestring);
  return std::string_view(item_->valuestring, static_cast<std::size_t>(item_->valueint));
}

std::string_view value::key() const noexcept {
  if ((item_->type & has_lengths) == 0) return item_->string;
  if (cJSON_IsNumber(item_) != 0) return {item_->string, static_cast<std::size_t>(item_->valueint)};
  return {item_->string,
          static_cast<std::size_t>(std::bit_cast<std::uint64_t>(item_->valuedouble))};
}

std::optional<double> value::number() const noexcept {
  if (cJSON_IsNumber(item_) == 0) return std::nullopt;
  return item_->valuedouble;
}

std::optional<std::int64_t> value::integer() const noexcept {
  if (cJSON_IsNumber(item_) == 0) return std::nullopt;
  // By its bits: 2 KB less than arithmetic on doubles, where a processor has none.
  const auto bits = std::bit_cast<std::uint64_t>(item_->valuedouble);
  if (bits << 1U == 0) return 0;
  constexpr std::uint64_t hidden = std::uint64_t{1} << 52U;
  const std::uint64_t mantissa = (bits & (hidden - 1)) | hidden;
  const int exponent = static_cast<int>(bits >> 52U & 0x7FFU) - 1075;  // of mantissa * 2^exponent
  // from 2^53 on, which is also what 2^53 + 1 becomes; below 1
  if (exponent > 0 || exponent < -52) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(mantissa >> -exponent);
  if (static_cast<std::uint64_t>(whole) << -exponent != mantissa) return std::nullopt;
  return bits >> 63U != 0 ? -whole : whole;
}

value value::member(std::string_view wanted) const noexcept {
  const cJSON* found = nullptr;
  for (value each = is_object() ? first() : value(); each; each = each.next()) {
    if (each.key() != wanted) continue;
    if (found != nullptr) return {};
    found = each.item_;
  }
  return value(found);
}

value value::first() const noexcept {
  return value(is_object() || is_array() ? item_->child : nullptr);
}

}  // namespace musubi::json
