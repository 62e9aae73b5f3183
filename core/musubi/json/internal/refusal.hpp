#pragma once
/// Why a request is refused, as data, and the one place that writes it.

#include <cstddef>
#include <string_view>

#include <musubi/json/internal/field_path.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

/// What the sender of a refused join, command, chunk or other event is told: the reason always, the
/// rest where it is known. All are views of what outlives it.
struct refusal {
  template <std::size_t N>
  constexpr refusal(const char (&literal)[N]) noexcept : reason(literal, N - 1) {}
  template <std::size_t N>
  refusal(char (&buffer)[N]) = delete;  // its text may be shorter
  constexpr refusal(std::string_view why) noexcept : reason(why) {}
  /// Why something did not go well: `exhausted` names the pool, everything else is the reason.
  constexpr refusal(const status& why) noexcept : reason(why.reason()), field(why.field()) {
    if (why.code() != errc::exhausted) return;
    pool = reason;
    reason = std::string_view("exhausted", 9);
  }
  /// Something in the payload is not as expected; `where` may be null.
  constexpr refusal(std::string_view why, const json::field_path* where,
                    std::string_view what) noexcept
      : reason(why), place(where), expected(what) {}

  std::string_view reason;
  std::string_view field = {};              ///< that is at fault, by name
  const json::field_path* place = nullptr;  ///< that is at fault, in the payload
  std::string_view expected = {};           ///< what should have been there
  std::string_view pool = {};               ///< that is exhausted
};

/// Writes `{"reason":…,"field":…,"expected":…}` or `{"reason":"exhausted","pool":…}`: what is empty
/// is left out, but the reason.
void write(json::writer& out, const refusal& why) noexcept;

}  // namespace musubi
