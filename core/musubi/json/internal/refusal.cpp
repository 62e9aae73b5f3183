#include <musubi/json/internal/refusal.hpp>

namespace musubi {

void write(json::writer& out, const refusal& why) noexcept {
  const auto member = [&out](std::string_view name, std::string_view value) noexcept {
    out.raw(name);
    out.string(value);
  };
  member("{\"reason\":", why.reason);
  if (!why.field.empty()) member(",\"field\":", why.field);
  if (why.place != nullptr) {
    out.raw(",\"field\":\"");
    why.place->write(out);
    out.raw('"');
  }
  if (why.place != nullptr || !why.expected.empty()) member(",\"expected\":", why.expected);
  if (!why.pool.empty()) member(",\"pool\":", why.pool);
  out.raw('}');
}

}  // namespace musubi
