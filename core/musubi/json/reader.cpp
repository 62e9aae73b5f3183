#include <bit>
#include <cstdlib>

#include <musubi/async/runtime.hpp>
#include <musubi/json/reader.hpp>
#include <musubi/json/scan.hpp>

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

}  // namespace

parse_error parse(std::string_view text, arena& memory, value& document) noexcept {
  // cJSON takes more than JSON and cuts strings at \u0000: what it gets is checked first
  return well_formed(text) ? parse_scanned(text, memory, document) : parse_error::malformed;
}

parse_error parse_scanned(std::string_view text, arena& memory, value& document) noexcept {
  static const bool hooked = (install_hooks(), true);
  (void)hooked;
  parsing_into = &memory;
  const cJSON* root = cJSON_ParseWithLengthOpts(text.data(), text.size(), nullptr, 0);
  parsing_into = nullptr;
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
  return std::string_view(item_->valuestring);
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
  if (is_object()) {
    for (const cJSON* item = item_->child; item != nullptr; item = item->next) {
      if (wanted == item->string) found = item;
    }
  }
  return value(found);
}

value value::first() const noexcept {
  return value(is_object() || is_array() ? item_->child : nullptr);
}

}  // namespace musubi::json
