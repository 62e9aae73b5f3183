#pragma once
/// Error messages for settings that could not be saved.

#include <musubi/memory/status.hpp>

namespace gateway {

/// The refusal for `error`, a value of errno.
[[nodiscard]] musubi::status save_error(int error) noexcept;

}  // namespace gateway
