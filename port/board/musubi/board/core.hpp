#pragma once
/// The core of the board: `board::core`. Each kind has a folder.

#if defined(__riscv)
#include <musubi/board/riscv/core.hpp>
#else
#include <musubi/board/cortex_m/core.hpp>
#endif
