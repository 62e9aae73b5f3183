#pragma once
/// The type of the counters of a host.

#include <cstdint>
#include <type_traits>

#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

/// A number that only grows. With MUSUBI_SMALL_CODE it begins again from zero after 4,294,967,295,
/// as a processor of 32 bits counts; Prometheus's `rate` expects that.
using tally = std::conditional_t<short_ways, std::uint64_t, std::uint32_t>;

}  // namespace musubi
