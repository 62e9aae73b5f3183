#pragma once
/// The command line of a program: a table of options, read and explained.

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <string_view>

#include <musubi/hosted/option.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::program {

/// What reading a command line came to.
struct outcome {
  enum class kind : std::uint8_t { run, help, version, wrong };
  kind what = kind::run;
  /// What is wrong: "--port: not a number from 0 to 65535".
  text<240> sentence = {};
};

/// Reads `arguments`, without the program's name, by the table: `--name value` and `--name=value`,
/// operands in their order, `--help`, `-h` and `--version`. Behind `--` all are operands. Stops at
/// what it does not understand.
[[nodiscard]] outcome parse(std::span<const char* const> arguments,
                            std::span<const option> options);

/// Prints the text of `--help`.
void print_help(std::FILE* to, std::string_view name, std::string_view purpose,
                std::span<const option> options);

/// The name of the program: the end of the path that it was started by.
[[nodiscard]] std::string_view name_of(const char* const* argv) noexcept;

/// Reads the command line, and ends the program where that is all there is to do: with exit code 0
/// after `--help` and `--version`, with 2 and a sentence on stderr where it does not understand
/// something. `purpose` is what `--help` says first.
void read(int argc, const char* const* argv, std::string_view purpose,
          std::span<const option> options);
inline void read(int argc, const char* const* argv, std::string_view purpose,
                 std::initializer_list<option> options) {
  read(argc, argv, purpose, std::span(options.begin(), options.size()));
}

/// Ends the program for something wrong about its command line that `parse` cannot see: with exit
/// code 2 and a sentence, "NAME: WHAT".
[[noreturn]] void refuse(const char* const* argv, std::string_view what);

/// The version of this library, and of the programs that come with it: "0.1.0".
[[nodiscard]] std::string_view version() noexcept;

}  // namespace musubi::program
