#include <array>
#include <bit>
#include <climits>

#include <musubi/json/internal/item_text.hpp>
#include <musubi/json/value.hpp>

namespace musubi::json {

namespace {

/// As cJSON's parser does it.
int clamped(double number) noexcept {
  if (number >= INT_MAX) return INT_MAX;
  return number <= INT_MIN ? INT_MIN : static_cast<int>(number);
}

/// Makes items, in an arena, of a text that is known to be JSON.
class builder {
 public:
  builder(std::string_view text, arena& memory) noexcept : from_(text), memory_(memory) {}

  /// The document; null when the arena is too small.
  cJSON* build() noexcept {
    cJSON* const root = item(nullptr);
    while (depth_ != 0) {
      cJSON& owner = *open_[depth_ - 1];
      const bool object = (owner.type & 0xFF) == cJSON_Object;
      if (from_.take(object ? '}' : ']')) {
        --depth_;
        continue;
      }
      (void)from_.take(',');
      char* key = nullptr;
      if (object) {
        key = string();
        if (key == nullptr || !from_.take(':')) return nullptr;
      }
      cJSON* const made = item(key);
      if (made == nullptr) return nullptr;
      append(owner, *made);
    }
    return root;
  }

 private:
  /// Takes a scalar whole; of a container its beginning, and leaves it open.
  cJSON* item(char* key) noexcept {
    void* const room = memory_.allocate(sizeof(cJSON));
    if (room == nullptr) return nullptr;
    auto* const made = new (room) cJSON{};
    made->string = key;
    switch (from_.next()) {
      case value_kind::null:
        made->type = cJSON_NULL;
        return from_.null() ? made : nullptr;
      case value_kind::boolean:
        made->valueint = from_.boolean().value_or(false) ? 1 : 0;
        made->type = made->valueint != 0 ? cJSON_True : cJSON_False;
        return made;
      case value_kind::number:
        made->type = cJSON_Number;
        made->valuedouble = from_.number().value_or(0);
        made->valueint = clamped(made->valuedouble);
        return made;
      case value_kind::string:
        made->type = cJSON_String;
        made->valuestring = string();
        return made->valuestring != nullptr ? made : nullptr;
      case value_kind::array:
      case value_kind::object: {
        const bool object = from_.take('{');
        if (!object) (void)from_.take('[');
        made->type = object ? cJSON_Object : cJSON_Array;
        open_[depth_++] = made;
        return made;
      }
      case value_kind::none:
        break;
    }
    return nullptr;
  }
  static void append(cJSON& owner, cJSON& made) noexcept {
    if (owner.child == nullptr) {
      owner.child = &made;
    } else {
      made.prev = owner.child->prev;
      made.prev->next = &made;
    }
    owner.child->prev = &made;  // the first item knows the last
  }
  char* string() noexcept {
    string_token token;
    if (!from_.string(token)) return nullptr;
    return item_text::make(memory_, token.size(),
                           [&](char* into) noexcept { (void)token.decode(into); });
  }

  reader from_;
  arena& memory_;
  std::array<cJSON*, reader::max_depth> open_{};
  std::size_t depth_ = 0;
};

}  // namespace

parse_error parse(std::string_view text, arena& memory, value& document) noexcept {
  const read_problem problem = problem_of(text);
  if (problem == read_problem::too_deep) return parse_error::too_deep;
  if (problem != read_problem::none) return parse_error::malformed;
  const cJSON* const root = builder(text, memory).build();
  if (root == nullptr) return parse_error::too_large;
  document = value(root);
  return parse_error::none;
}

std::optional<bool> value::boolean() const noexcept {
  if (cJSON_IsBool(item_) == 0) return std::nullopt;
  return cJSON_IsTrue(item_) != 0;
}

std::optional<std::string_view> value::string() const noexcept {
  if (cJSON_IsString(item_) == 0) return std::nullopt;
  return item_text::characters(item_->valuestring);
}

std::string_view value::key() const noexcept {
  return item_text::characters(item_->string);
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
