#pragma once
/// Lines of a GPIO chip, by version 2 of the kernel's interface (linux/gpio.h, since Linux 5.10).

#include "file.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <musubi/memory/status.hpp>

namespace sensors {

/// A line that this program holds, such as line 17 of /dev/gpiochip0, while the object lives.
class gpio_line {
 public:
  enum class use {
    button,  ///< an input with a pull-up that is low while pressed; its edges are reported
    output,  ///< low at first
  };

  /// Asks for the line. `problem` says why it was not given.
  gpio_line(const std::string& chip, std::uint32_t line, use as) noexcept;

  [[nodiscard]] const musubi::status& problem() const noexcept { return problem_; }

  /// Waits for the next change of a button, for at most `patience`: pressed or released; nothing if
  /// there was none. Blocks.
  [[nodiscard]] musubi::result<std::optional<bool>> wait(
      std::chrono::milliseconds patience) noexcept;
  /// Sets an output. Does not block.
  [[nodiscard]] musubi::status set(bool high) noexcept;

 private:
  file line_;
  musubi::status problem_;
};

}  // namespace sensors
