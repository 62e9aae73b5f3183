#include <musubi/json/internal/refusal.hpp>

namespace musubi {

namespace {
[[gnu::noinline]] void member(json::writer& out, const char* name,
                              std::string_view value) noexcept {
  out.raw(std::string_view(name));
  out.string(value);
}
}  // namespace

void write(json::writer& out, const refusal& why) noexcept {
  member(out, "{\"reason\":", why.reason);
  if (!why.field.empty()) member(out, ",\"field\":", why.field);
  if (why.place != nullptr) {
    out.raw(",\"field\":\"");
    why.place->write(out);
    out.raw('"');
  }
  if (why.place != nullptr || !why.expected.empty()) {
    member(out, ",\"expected\":", why.expected);
  }
  if (!why.pool.empty()) member(out, ",\"pool\":", why.pool);
  out.raw('}');
}

}  // namespace musubi
