#include "iio.hpp"

#include "file.hpp"

#include <charconv>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <unistd.h>

namespace sensors {

namespace {

/// The number in a file; none if there is no such file or no number in it.
std::optional<float> number_in(const std::string& path) noexcept {
  const file opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char text[32];
  const ssize_t size = opened ? ::read(opened.descriptor(), text, sizeof text) : -1;
  float number = 0;
  if (size <= 0 || std::from_chars(text, text + size, number).ec != std::errc()) return {};
  return number;
}

}  // namespace

musubi::result<float> read_iio(const std::string& folder, const std::string& channel) noexcept {
  const std::string stem = folder + "/in_" + channel;
  if (const auto input = number_in(stem + "_input")) return *input;
  const auto raw = number_in(stem + "_raw");
  if (!raw) return musubi::refuse("the IIO device does not answer");
  return (*raw + number_in(stem + "_offset").value_or(0)) * number_in(stem + "_scale").value_or(1);
}

}  // namespace sensors
