#pragma once
/// Checks sixteen characters of a string at once, if the processor has registers for it.

#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#define MUSUBI_SIXTEEN_AT_ONCE 1
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__)
#define MUSUBI_SIXTEEN_AT_ONCE 1
#include <arm_neon.h>
#endif

#if defined(MUSUBI_SIXTEEN_AT_ONCE)
namespace musubi::json::detail {

#if defined(__SSE2__)
using sixteen_bytes = __m128i;

/// A bit for each byte that is a quote, a backslash, a control character or, if `Ascii`, above
/// 0x7F.
template <bool Ascii>
[[nodiscard]] inline std::uint32_t special_bytes(sixteen_bytes bytes) noexcept {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  // bytes above 0x7F are negative
  const __m128i other =
      Ascii ? _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20))
            : _mm_cmpeq_epi8(_mm_subs_epu8(bytes, _mm_set1_epi8(0x1F)), _mm_setzero_si128());
  const __m128i ends = _mm_or_si128(_mm_or_si128(quote, backslash), other);
  return static_cast<std::uint32_t>(_mm_movemask_epi8(ends));
}
/// The first byte of those; there is one.
[[nodiscard]] inline std::ptrdiff_t first_special(std::uint32_t special) noexcept {
  return std::countr_zero(special);
}
template <bool Ascii>
[[nodiscard]] inline std::size_t plain_bytes(sixteen_bytes bytes) noexcept {
  return static_cast<std::size_t>(std::countr_zero(special_bytes<Ascii>(bytes) | 0x10000U));
}
[[nodiscard]] inline sixteen_bytes load_sixteen(const char* at) noexcept {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
[[nodiscard]] inline sixteen_bytes load_eight(const char* at) noexcept {
  return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at));
}
#else
using sixteen_bytes = uint8x16_t;

/// Four bits for each byte that is a quote, a backslash, a control character or, if `Ascii`, above
/// 0x7F.
template <bool Ascii>
[[nodiscard]] inline std::uint64_t special_bytes(sixteen_bytes bytes) noexcept {
  const uint8x16_t quote = vceqq_u8(bytes, vdupq_n_u8('"'));
  const uint8x16_t backslash = vceqq_u8(bytes, vdupq_n_u8('\\'));
  // bytes above 0x7F are negative
  const uint8x16_t other = Ascii ? vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20))
                                 : vcltq_u8(bytes, vdupq_n_u8(0x20));
  const uint8x16_t ends = vorrq_u8(vorrq_u8(quote, backslash), other);
  const uint8x8_t nibbles = vshrn_n_u16(vreinterpretq_u16_u8(ends), 4);
  return vget_lane_u64(vreinterpret_u64_u8(nibbles), 0);
}
/// The first byte of those; there is one.
[[nodiscard]] inline std::ptrdiff_t first_special(std::uint64_t special) noexcept {
  return std::countr_zero(special) / 4;
}
template <bool Ascii>
[[nodiscard]] inline std::size_t plain_bytes(sixteen_bytes bytes) noexcept {
  return static_cast<std::size_t>(std::countr_zero(special_bytes<Ascii>(bytes))) / 4;
}
[[nodiscard]] inline sixteen_bytes load_sixteen(const char* at) noexcept {
  return vld1q_u8(reinterpret_cast<const std::uint8_t*>(at));
}
[[nodiscard]] inline sixteen_bytes load_eight(const char* at) noexcept {
  return vcombine_u8(vld1_u8(reinterpret_cast<const std::uint8_t*>(at)), vdup_n_u8(0));
}
#endif

/// Number of the sixteen bytes at `at` before the first that is a quote, a backslash, a control
/// character or, if `Ascii`, above 0x7F; 16 if there is none.
template <bool Ascii>
[[nodiscard]] inline std::size_t plain_of_sixteen(const char* at) noexcept {
  return plain_bytes<Ascii>(load_sixteen(at));
}
/// The same for eight bytes; the zeros after them count as control characters.
template <bool Ascii>
[[nodiscard]] inline std::size_t plain_of_eight(const char* at) noexcept {
  return plain_bytes<Ascii>(load_eight(at));
}

}  // namespace musubi::json::detail
#endif
