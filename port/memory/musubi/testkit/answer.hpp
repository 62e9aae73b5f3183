#pragma once
/// The answer to a command.

#include <optional>
#include <string>
#include <string_view>

#include <musubi/testkit/internal/wire.hpp>

namespace musubi::testkit {

/// The answer to a command.
struct answer {
  bool answered = false;  ///< false: its handler is suspended, or the page has failed
  bool ok = false;
  std::string body;  ///< JSON

  /// The body decoded as a `T`: `page.dispatch(reboot{}).as<reboot::Reply>()`; `std::nullopt` if it
  /// does not match.
  template <class T>
  [[nodiscard]] std::optional<T> as() const {
    return read_as<T>(body);
  }
  /// The reason of an error, or empty.
  [[nodiscard]] std::string reason() const { return text_of("reason"); }
  /// The field at fault of an error, or empty.
  [[nodiscard]] std::string field() const { return text_of("field"); }

 private:
  [[nodiscard]] std::string text_of(std::string_view member) const {
    if (ok) return {};
    const document parsed(body);
    const json::value found = parsed.root() ? parsed.root().member(member) : json::value();
    return found ? std::string(found.string().value_or("")) : std::string();
  }
};

}  // namespace musubi::testkit
