#pragma once

#include <cstdint>
#include <string_view>

/// Byte ranges (RFC 9110 section 14).
namespace musubi::net::http {

/// The part of some content that a client asked for.
struct byte_range {
  enum class kind : std::uint8_t {
    all,            ///< none was asked for, or in a form that is ignored: send everything
    part,           ///< `first` and `bytes` are set
    unsatisfiable,  ///< nothing of it exists: 416
  };
  kind what = kind::all;
  std::uint64_t first = 0;
  std::uint64_t bytes = 0;  ///< at least 1
};

/// Reads the value of a Range field for content of `length` bytes: "bytes=0-499", "bytes=500-",
/// "bytes=-500". Other units, several ranges and malformed ones are ignored (14.2).
[[nodiscard]] byte_range read_range(std::string_view value, std::uint64_t length) noexcept;

}  // namespace musubi::net::http
