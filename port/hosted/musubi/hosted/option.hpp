#pragma once
/// One command-line option: its syntax, its description, and the variable for its value.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::program {

/// What is wrong with a value, to follow the option's name: "not a number from 0 to 65535". Empty
/// if the value is valid.
using complaint = text<160>;

/// A number with bounds: `between(cores, 1, 16)`.
template <class Number>
struct bounded {
  Number* into;
  Number least;
  Number most;
};
template <class Number>
[[nodiscard]] constexpr bounded<Number> between(Number& into, std::type_identity_t<Number> least,
                                                std::type_identity_t<Number> most) noexcept {
  return {&into, least, most};
}

namespace detail {

/// Writes "not a number from 1 to 16".
complaint not_a_number(std::int64_t least, std::uint64_t most) noexcept;
complaint not_a_number() noexcept;
complaint too_long(std::size_t most) noexcept;
complaint number_as_text(double value) noexcept;

template <class Number>
bool read_number(std::string_view value, Number& into) noexcept {
  const char* const end = value.data() + value.size();
  Number read{};
  const auto [stopped, error] = std::from_chars(value.data(), end, read);
  if (error != std::errc() || stopped != end) return false;
  into = read;
  return true;
}

}  // namespace detail

/// Stores a text in a `std::string`, `std::string_view` or `text<N>`.
template <class Text>
[[nodiscard]] complaint take_text(std::string_view value, Text& into) {
  if constexpr (requires { Text::capacity; }) {
    if (!into.assign(value)) return detail::too_long(Text::capacity);
  } else {
    into = Text(value);
  }
  return {};
}

namespace detail {

template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

}  // namespace detail

/// An entry of the table from which `parse` reads and `print_help` prints:
///
///     {"--cores NUMBER", program::between(cores, 1, 16), "number of threads to serve from"}
///     {"--state FILE", state, "store the settings in this file"}
///     {"--no-token", open, "require no token"}
///     {"FOLDER", folder, "folder for files"}
///
/// An entry that does not begin with dashes is an operand, identified by its position. The
/// variable's value when the table is constructed is the default, and shown in the help. Views and
/// references must outlive the option.
class option {
 public:
  /// A flag (`bool`), a number, a text (of `std::string`, `text<N>`, `std::string_view`), a level,
  /// a time in milliseconds.
  template <class T>
  option(std::string_view usage, T& into, std::string_view help) noexcept
      : option(usage, &into, help) {}
  template <std::integral T>
  option(std::string_view usage, const bounded<T>& number, std::string_view help) noexcept
      : option(usage, number.into, help, static_cast<std::int64_t>(number.least),
               static_cast<std::uint64_t>(number.most)) {}
  /// Any other type: `reader(value, into)` stores the value, or returns what is wrong with it.
  /// `preset` describes the default in `--help`.
  template <class T>
  option(std::string_view usage, T& into,
         complaint (*reader)(std::string_view, std::type_identity_t<T>&), std::string_view help,
         std::string_view preset = {}) noexcept
      : usage_(usage),
        help_(help),
        otherwise_(preset),
        into_(&into),
        reader_(reinterpret_cast<void (*)()>(reader)),
        take_([](const option& self, std::string_view value) {
          const auto call = reinterpret_cast<complaint (*)(std::string_view, T&)>(self.reader_);
          return call(value, *static_cast<T*>(self.into_));
        }) {}

  /// "--cores", or the full text of an operand.
  [[nodiscard]] std::string_view name() const noexcept {
    return is_operand() ? usage_ : slice(usage_, 0, usage_.find(' '));
  }
  [[nodiscard]] bool is_operand() const noexcept { return !usage_.starts_with('-'); }
  [[nodiscard]] bool is_flag() const noexcept {
    return !is_operand() && usage_.find(' ') == std::string_view::npos;
  }
  [[nodiscard]] std::string_view usage() const noexcept { return usage_; }
  [[nodiscard]] std::string_view help() const noexcept { return help_; }
  /// The default, as text; empty if the help should not show one.
  [[nodiscard]] complaint otherwise() const {
    return otherwise_.empty() && show_ != nullptr ? show_(*this) : complaint::clipped(otherwise_);
  }
  /// Stores `value`, or returns what is wrong with it. `value` is empty for a flag.
  [[nodiscard]] complaint take(std::string_view value) const { return take_(*this, value); }

 private:
  template <class T>
  struct bounds_of {
    static constexpr std::int64_t least = 0;
    static constexpr std::uint64_t most = 0;
  };
  template <std::integral T>
  struct bounds_of<T> {
    static constexpr auto least = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    static constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
  };
  template <class T>
  option(std::string_view usage, T* into, std::string_view help,
         std::int64_t least = bounds_of<T>::least, std::uint64_t most = bounds_of<T>::most) noexcept
      : usage_(usage),
        help_(help),
        into_(into),
        take_(&take_as<T>),
        show_(&show_as<T>),
        least_(least),
        most_(most) {}

  template <class T>
  static complaint take_as(const option& self, std::string_view value) {
    T& into = *static_cast<T*>(self.into_);
    if constexpr (std::same_as<T, bool>) {
      into = true;
    } else if constexpr (std::integral<T>) {
      T read{};
      if (!detail::read_number(value, read) || self.is_out_of_bounds(read)) {
        return detail::not_a_number(self.least_, self.most_);
      }
      into = read;
    } else if constexpr (std::floating_point<T>) {
      if (T read{}; detail::read_number(value, read) && read >= 0) {
        into = read;
      } else {
        return detail::not_a_number();
      }
    } else if constexpr (std::same_as<T, log_level>) {
      const auto level = log_level_of(value);
      if (!level) return "not one of error, warning, notice, info, debug, none";
      into = *level;
    } else if constexpr (detail::is_duration<T>) {
      std::uint32_t milliseconds = 0;
      if (!detail::read_number(value, milliseconds)) {
        return detail::not_a_number(0, std::numeric_limits<std::uint32_t>::max());
      }
      into = std::chrono::milliseconds(milliseconds);
    } else {
      if (value.empty()) return "empty";
      return take_text(value, into);
    }
    return {};
  }
  template <class T>
  static complaint show_as(const option& self) {
    const T& from = *static_cast<const T*>(self.into_);
    if constexpr (std::same_as<T, bool>) {
      return {};
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
      return detail::number_as_text(static_cast<double>(from));
    } else if constexpr (std::same_as<T, log_level>) {
      return complaint::clipped(to_text(from));
    } else if constexpr (detail::is_duration<T>) {
      return detail::number_as_text(std::chrono::duration<double, std::milli>(from).count());
    } else {
      return complaint::clipped(std::string_view(from));
    }
  }
  template <class T>
  [[nodiscard]] bool is_out_of_bounds(T read) const noexcept {
    if constexpr (std::is_signed_v<T>) {
      if (read < 0) return read < least_;
    }
    return static_cast<std::uint64_t>(read) > most_ ||
           (least_ > 0 && static_cast<std::uint64_t>(read) < static_cast<std::uint64_t>(least_));
  }

  std::string_view usage_;
  std::string_view help_;
  std::string_view otherwise_;
  void* into_;
  void (*reader_)() = nullptr;  // its actual type is known only to `take_`
  complaint (*take_)(const option& self, std::string_view value);
  complaint (*show_)(const option& self) = nullptr;
  std::int64_t least_ = 0;
  std::uint64_t most_ = 0;
};

}  // namespace musubi::program
