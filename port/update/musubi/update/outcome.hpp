#pragma once
/// How an update ended.

#include <cstdint>

namespace musubi::update {

/// How the last update ended.
enum class outcome : std::uint8_t {
  none,         ///< there was none
  confirmed,    ///< its image runs
  rolled_back,  ///< its image was not confirmed, or restarted before
  damaged,      ///< its image was damaged at the start that should have tried it
};

}  // namespace musubi::update
