#pragma once
/// How long a test over real sockets and threads waits for what must come.

#include <chrono>

namespace musubi::test {

/// So long that only what hangs is late, on a machine however busy; the test then says what it was
/// waiting for. Nothing waits that long when all is well.
inline constexpr std::chrono::seconds patience{100};

}  // namespace musubi::test
