#include "gpio.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/gpio.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace sensors {

gpio_line::gpio_line(const std::string& chip, std::uint32_t line, use as) noexcept {
  const file opened(::open(chip.c_str(), O_RDWR | O_CLOEXEC));
  if (!opened) {
    problem_ = musubi::refuse("the GPIO chip cannot be opened");
    return;
  }
  gpio_v2_line_request request{};
  request.offsets[0] = line;
  request.num_lines = 1;
  std::strncpy(request.consumer, "musubi", sizeof request.consumer - 1);
  request.config.flags = as == use::output
                             ? std::uint64_t{GPIO_V2_LINE_FLAG_OUTPUT}
                             : GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_ACTIVE_LOW |
                                   GPIO_V2_LINE_FLAG_BIAS_PULL_UP | GPIO_V2_LINE_FLAG_EDGE_RISING |
                                   GPIO_V2_LINE_FLAG_EDGE_FALLING;
  if (::ioctl(opened.descriptor(), GPIO_V2_GET_LINE_IOCTL, &request) < 0) {
    problem_ = errno == EBUSY ? musubi::refuse("another program holds the GPIO line")
                              : musubi::refuse("the chip has no such GPIO line");
    return;
  }
  line_ = file(request.fd);
}

musubi::result<std::optional<bool>> gpio_line::wait(std::chrono::milliseconds patience) noexcept {
  if (!line_) return problem_;
  pollfd waited{line_.descriptor(), POLLIN, 0};
  const int ready = ::poll(&waited, 1, static_cast<int>(patience.count()));
  if (ready == 0 || (ready < 0 && errno == EINTR)) return std::optional<bool>();
  gpio_v2_line_event change{};
  if (ready < 0 || ::read(line_.descriptor(), &change, sizeof change) != sizeof change) {
    return musubi::refuse("the GPIO line is gone");
  }
  return std::optional(change.id == GPIO_V2_LINE_EVENT_RISING_EDGE);
}

musubi::status gpio_line::set(bool high) noexcept {
  if (!line_) return problem_;
  gpio_v2_line_values values{.bits = high ? 1U : 0U, .mask = 1};
  if (::ioctl(line_.descriptor(), GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0) {
    return musubi::refuse("the GPIO line is gone");
  }
  return {};
}

}  // namespace sensors
