#pragma once
/// A channel of an industrial I/O device, by the kernel's files: a light, a pressure, an ADC.

#include <string>

#include <musubi/memory/status.hpp>

namespace sensors {

/// Reads `(in_CHANNEL_raw + in_CHANNEL_offset) * in_CHANNEL_scale`, or `in_CHANNEL_input`, from the
/// folder of a device, such as /sys/bus/iio/devices/iio:device0. A missing scale is 1, a missing
/// offset 0 (Documentation/ABI/testing/sysfs-bus-iio). Blocks while the device converts.
[[nodiscard]] musubi::result<float> read_iio(const std::string& folder,
                                             const std::string& channel) noexcept;

}  // namespace sensors
