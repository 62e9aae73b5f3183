#pragma once
/// Parses the command line of a program, and prints its help, from a table of options.

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <string_view>

#include <musubi/hosted/option.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::program {

/// The result of parsing a command line.
struct outcome {
  enum class kind : std::uint8_t { run, help, version, wrong };
  kind what = kind::run;
  /// The error: "--port: not a number from 0 to 65535".
  text<240> sentence = {};
};

/// Parses `arguments`, which exclude the program's name, by the table: `--name value` and
/// `--name=value`, operands in order, `--help`, `-h` and `--version`. After `--` all are operands.
/// Stops at the first error.
[[nodiscard]] outcome parse(std::span<const char* const> arguments,
                            std::span<const option> options);

/// Prints the text of `--help`.
void print_help(std::FILE* to, std::string_view name, std::string_view purpose,
                std::span<const option> options);

/// The name of the program: the last component of the path by which it was started.
[[nodiscard]] std::string_view name_of(const char* const* argv) noexcept;

/// Parses the command line. Exits with 0 after `--help` and `--version`, and with 2 and a message
/// on stderr after an error. `purpose` is the first line of `--help`.
void read(int argc, const char* const* argv, std::string_view purpose,
          std::span<const option> options);
inline void read(int argc, const char* const* argv, std::string_view purpose,
                 std::initializer_list<option> options) {
  read(argc, argv, purpose, std::span(options.begin(), options.size()));
}

/// Exits with 2 and the message "NAME: WHAT", for an error in the command line that `parse` cannot
/// detect.
[[noreturn]] void refuse(const char* const* argv, std::string_view what);

/// The version of this library and its programs: "0.1.0".
[[nodiscard]] std::string_view version() noexcept;

}  // namespace musubi::program
