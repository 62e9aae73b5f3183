#include <cstdint>

#include <musubi/json/internal/usual_text.hpp>

namespace musubi::json {

namespace {

// Each of these answers the end of what it takes, or null.

/// The rest of a string, from behind its opening quote.
inline const char* string_end(const char* at, const char* end) noexcept {
  at = plain_end<run_of::any>(at, end);
  return at != end && *at == '"' ? at + 1 : nullptr;
}

/// A key and the colon behind it.
inline const char* key_end(const char* at, const char* end) noexcept {
  if (at == end || *at != '"') return nullptr;
  at = string_end(at + 1, end);
  return at != nullptr && at != end && *at == ':' ? at + 1 : nullptr;
}

const char* digits_end(const char* at, const char* end) noexcept {
  while (at != end && *at >= '0' && *at <= '9') ++at;
  return at;
}

const char* number_end(const char* at, const char* end) noexcept {
  const char* const begin = at;
  if (*at == '-') ++at;
  const char* first = at;
  at = digits_end(at, end);
  if (at == first || (*first == '0' && at - first != 1)) return nullptr;
  if (at != end && *at == '.') {
    first = ++at;
    at = digits_end(at, end);
    if (at == first) return nullptr;
  }
  // something else may stand behind it, such as an exponent: that is for others to judge
  return at - begin <= reader::max_number_bytes ? at : nullptr;
}

const char* word_end(const char* at, const char* end, std::string_view word) noexcept {
  return take_exactly(at, end, word) ? at : nullptr;
}

const char* scalar_end(const char* at, const char* end) noexcept {
  switch (*at) {
    case 't':
      return word_end(at, end, "true");
    case 'f':
      return word_end(at, end, "false");
    case 'n':
      return word_end(at, end, "null");
    default:
      return number_end(at, end);
  }
}

}  // namespace

const char* usual_value(const char* at, const char* end) noexcept {
  // of each open container a bit, the innermost in front: is it an object?
  std::uint32_t objects = 0;
  int depth = 0;
  constexpr int max_depth = 31;
  static_assert(max_depth < reader::max_depth);
  for (;;) {
    if (at == end) return nullptr;
    const char first = *at;
    if (first == '"') {
      at = string_end(at + 1, end);
      if (at == nullptr) return nullptr;
    } else if (first == '{' || first == '[') {
      const bool object = first == '{';
      if (++at == end) return nullptr;
      if (*at != (object ? '}' : ']')) {
        if (depth == max_depth) return nullptr;
        ++depth;
        objects = objects << 1U | (object ? 1U : 0U);
        if (object) at = key_end(at, end);
        if (at == nullptr) return nullptr;
        continue;
      }
      ++at;
    } else {
      at = scalar_end(at, end);
      if (at == nullptr) return nullptr;
    }
    // behind a value
    for (;;) {
      if (depth == 0) return at;
      if (at == end) return nullptr;
      const bool object = (objects & 1U) != 0;
      const char next = *at++;
      if (next == ',') {
        if (object) at = key_end(at, end);
        if (at == nullptr) return nullptr;
        break;
      }
      if (next != (object ? '}' : ']')) return nullptr;
      --depth;
      objects >>= 1U;
    }
  }
}

const char* usual_object(const char* at, const char* end, outline& parts) noexcept {
  parts.count = 0;
  parts.whole = parts.arranged = false;
  if (end - at < 2 || *at != '{') return nullptr;
  ++at;
  std::size_t count = 0;
  if (*at == '}') {
    ++at;
  } else {
    for (char next = ','; next != '}';) {
      const char* const name = at + 1;
      at = key_end(at, end);
      if (at == nullptr) return nullptr;
      const char* const value = at;
      at = usual_value(at, end);
      if (at == nullptr || at == end) return nullptr;
      if (count < outline::most) {
        parts.members[count] = {
            string_token({name, static_cast<std::size_t>(value - 2 - name)}, false),
            {value, static_cast<std::size_t>(at - value)}};
      }
      ++count;
      next = *at++;
      if (next != ',' && next != '}') return nullptr;
    }
  }
  parts.count = count;
  parts.whole = count <= outline::most;
  return at;
}

}  // namespace musubi::json
