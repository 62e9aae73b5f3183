#pragma once
/// Why the settings could not be saved, in words.

#include <musubi/memory/status.hpp>

namespace gateway {

/// The refusal that stands for `error`, a value of errno.
[[nodiscard]] musubi::status save_error(int error) noexcept;

}  // namespace gateway
