#include <musubi/json/internal/number.hpp>
#include <musubi/json/internal/plain_run.hpp>
#include <musubi/json/internal/reader.hpp>

namespace musubi::json {

namespace {

bool digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}

int hex(char byte) noexcept {
  if (digit(byte)) return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

}  // namespace

int utf16_unit(const char* at, const char* end) noexcept {
  if (end - at < 5 || *at != 'u') return -1;
  int code = 0;
  for (int i = 1; i <= 4; ++i) {
    const int value = hex(at[i]);
    if (value < 0) return -1;
    code = code * 16 + value;
  }
  return code;
}

std::string_view expected_instead_of(read_problem problem) noexcept {
  const char* expected = "JSON";
  switch (problem) {
    case read_problem::none:
    case read_problem::malformed:
      break;
    case read_problem::half_character:
      expected = "strings without half of a surrogate pair";
      break;
    case read_problem::too_deep:
      expected = "JSON nested at most 64 deep";
      break;
    case read_problem::long_number:
      expected = "numbers of at most 63 characters";
      break;
  }
  return expected;
}

value_kind reader::next() noexcept {
  space();
  if (at_ == end_) return value_kind::none;
  const char byte = *at_;
  if (byte == '"') return value_kind::string;
  if (byte == '{') return value_kind::object;
  if (byte == '[') return value_kind::array;
  if (digit(byte) || byte == '-') return value_kind::number;
  if (byte == 't' || byte == 'f') return value_kind::boolean;
  return byte == 'n' ? value_kind::null : value_kind::none;
}

bool reader::word(const char* expected) noexcept {
  const char* at = at_;
  for (; *expected != '\0'; ++expected, ++at) {
    if (at == end_ || *at != *expected) return fail(read_problem::malformed);
  }
  at_ = at;
  return true;
}

std::optional<bool> reader::boolean() noexcept {
  if (next() != value_kind::boolean) return std::nullopt;
  const bool value = *at_ == 't';
  if (!word(value ? "true" : "false")) return std::nullopt;
  return value;
}

bool reader::escape() noexcept {
  ++at_;
  if (at_ == end_) return fail(read_problem::malformed);
  constexpr std::string_view after_backslash = "\"\\/bfnrt";
  if (std::memchr(after_backslash.data(), *at_, after_backslash.size()) != nullptr) {
    ++at_;
    return true;
  }
  const int first = utf16_unit(at_, end_);
  if (first < 0) return fail(read_problem::malformed);
  at_ += 5;
  if (first < 0xD800 || first > 0xDFFF) return true;
  // a surrogate comes in a pair, the high one first
  const bool high = first < 0xDC00;
  const int second = high && at_ != end_ && *at_ == '\\' ? utf16_unit(at_ + 1, end_) : -1;
  if (second < 0xDC00 || second > 0xDFFF) return fail(read_problem::half_character);
  at_ += 6;
  return true;
}

/// Reads a string that begins at `begin` and has no escape from `at` on; otherwise stops at the
/// first character that is not literal.
bool reader::closed(const char* begin, const char* at, string_token& into) noexcept {
  const char* const end = plain_end<run_of::any>(at, end_);
  if (end == end_ || *end != '"') {
    at_ = end;
    return false;
  }
  into = string_token({begin, static_cast<std::size_t>(end - begin)}, at != begin);
  at_ = end + 1;
  return true;
}

/// Continues where `closed` stopped.
bool reader::escapes(const char* begin, string_token& into) noexcept {
  do {
    if (at_ == end_ || *at_ != '\\') return fail(read_problem::malformed);
    if (!escape()) return false;
  } while (!closed(begin, at_, into));
  return true;
}

std::optional<string_token> reader::string() noexcept {
  string_token found;
  if (!string(found)) return std::nullopt;
  return found;
}

std::string_view reader::number_text() noexcept {
  const auto digits = [this] {
    const char* first = at_;
    while (at_ != end_ && digit(*at_)) ++at_;
    return at_ != first;
  };
  const char* const begin = at_;
  if (*at_ == '-') ++at_;
  bool good = true;
  if (at_ != end_ && *at_ == '0') {
    ++at_;
  } else {
    good = digits();
  }
  if (good && at_ != end_ && *at_ == '.') {
    ++at_;
    good = digits();
  }
  if (good && at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    good = digits();
  }
  if (!good || at_ - begin > max_number_bytes) {
    (void)fail(good ? read_problem::long_number : read_problem::malformed);
    return {};
  }
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

std::optional<double> reader::number() noexcept {
  if (next() != value_kind::number) return std::nullopt;
  const std::string_view text = number_text();
  if (text.empty()) return std::nullopt;
  return parse_number(text);
}

std::optional<std::int64_t> reader::integer(int decimals) noexcept {
  if (next() != value_kind::number) return std::nullopt;
  const std::string_view text = number_text();
  if (text.empty()) return std::nullopt;
  return parse_integer(text, decimals);
}

/// For values other than strings.
bool reader::scalar() noexcept {
  switch (next()) {
    case value_kind::number:
      return !number_text().empty();
    case value_kind::boolean:
      return word(*at_ == 't' ? "true" : "false");
    case value_kind::null:
      return word("null");
    default:
      return fail(read_problem::malformed);
  }
}

bool reader::key(string_token& into) noexcept {
  if (!at_quote()) return fail(read_problem::malformed);
  return quoted(into) && (take(':') || fail(read_problem::malformed));
}

bool reader::take_behind_space(char byte) noexcept {
  space();
  if (at_ == end_ || *at_ != byte) return false;
  ++at_;
  return true;
}

/// Reads a value, and notes the members of the outermost object.
bool reader::walk([[maybe_unused]] outline* parts) noexcept {
  constexpr bool notes = outline::most != 0;
  // a bit for each open container, the innermost first: is it an object?
  std::uint64_t objects = 0;
  static_assert(max_depth <= 64);
  int depth = 0;
  string_token any;
  outline::member noted;
  const char* begin = nullptr;  // of the current member's value
  const auto name = [&]() noexcept {
    if (!notes || parts == nullptr || depth != 1) return key(any);
    if (!key(noted.key)) return false;
    space();
    begin = at_;
    return true;
  };
  for (;;) {
    if (at_quote()) {
      if (!quoted(any)) return false;
    } else if (at_ != end_ && (*at_ == '{' || *at_ == '[')) {
      const bool object = *at_ == '{';
      if (depth == max_depth) return fail(read_problem::too_deep);
      ++at_;
      ++depth;
      objects = objects << 1U | (object ? 1U : 0U);
      if (!take(object ? '}' : ']')) {
        if (object && !name()) return false;
        continue;
      }
      --depth;
      objects >>= 1U;
    } else if (!scalar()) {
      return false;
    }
    // behind a value
    for (;;) {
      if (depth == 0) return true;
      const bool object = (objects & 1U) != 0;
      if (notes && object && depth == 1 && parts != nullptr) {
        noted.value = {begin, static_cast<std::size_t>(at_ - begin)};
        if (parts->count < outline::most) parts->members[parts->count] = noted;
        ++parts->count;
      }
      if (take(',')) {
        if (object && !name()) return false;
        break;
      }
      if (!take(object ? '}' : ']')) return fail(read_problem::malformed);
      --depth;
      objects >>= 1U;
    }
  }
}

std::string_view reader::raw() noexcept {
  space();
  const char* const begin = at_;
  if (!skip()) return {};
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

std::string_view reader::raw(outline& parts) noexcept {
  if constexpr (outline::most == 0) return raw();  // nothing is noted
  space();
  const char* const begin = at_;
  parts.count = 0;
  parts.whole = parts.arranged = false;
  if (!walk(&parts)) return {};
  parts.whole = *begin == '{' && parts.count <= outline::most;
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

read_problem problem_of(std::string_view text) noexcept {
  reader from(text);
  if (from.skip() && !from.finished()) return read_problem::malformed;
  return from.problem();
}

}  // namespace musubi::json
