#include <bit>
#include <cstdint>
#include <cstring>

#include <musubi/json/internal/big_unsigned.hpp>
#include <musubi/json/internal/number_small.hpp>

namespace musubi::json::small {

namespace {

/// value = mantissa * 2^exponent
struct binary {
  std::uint64_t mantissa;
  int exponent;
  bool at_power_of_two;  // the next smaller value is half as far away as the next greater one
};

/// Words that the numbers of a conversion have.
constexpr int double_words = 37;   // 2^1077 and some room: the smallest double times 10^324
constexpr int float_words = 8;     // 2^152 and some room
constexpr int parsing_words = 44;  // 63 digits times any power of ten within a double's range
constexpr int whole_words = 4;     // 23 digits: the longest that is not written with an exponent

/// value = 0.d1d2d3... * 10^point
struct decimal {
  char digits[24];
  int count;
  int point;
};

/// The shortest digits that read back as this value only, and of those the nearest: the algorithm
/// of Steele and White, in integers (remainder, scale, margin).
void shortest(const binary& value, std::uint32_t* storage, int words, decimal& out) noexcept {
  const bool even = value.mantissa % 2 == 0;
  const int twos = value.at_power_of_two ? 2 : 1;
  big_unsigned remainder(storage, value.mantissa);
  big_unsigned scale(storage + words, 1);
  big_unsigned margin(storage + words + words, 1);  // half the way to the next smaller value
  remainder.shift_left(twos + (value.exponent > 0 ? value.exponent : 0));
  scale.shift_left(twos + (value.exponent < 0 ? -value.exponent : 0));
  margin.shift_left(value.exponent > 0 ? value.exponent : 0);

  const auto beyond_upper = [&] {  // remainder + upper margin against scale
    const int order = remainder.compare_sum(margin, twos, scale);
    return even ? order >= 0 : order > 0;
  };

  // floor(log10) by a product that is exact for all exponents of a double; at most one too small
  const int top = value.exponent + static_cast<int>(std::bit_width(value.mantissa)) - 1;
  int point = (top * 315653) >> 20;
  if (point >= 0) {
    scale.multiply_power_of_ten(point);
  } else {
    remainder.multiply_power_of_ten(-point);
    margin.multiply_power_of_ten(-point);
  }
  if (beyond_upper()) {
    scale.multiply_add(10, 0);
    ++point;
  }
  if (beyond_upper()) {
    scale.multiply_add(10, 0);
    ++point;
  }
  out.point = point;
  out.count = 0;
  for (;;) {
    remainder.multiply_add(10, 0);
    margin.multiply_add(10, 0);
    int digit = 0;
    while (remainder.compare(scale) >= 0) {
      remainder.subtract(scale);
      ++digit;
    }
    const int to_lower = remainder.compare(margin);
    const bool low = even ? to_lower <= 0 : to_lower < 0;
    const bool high = beyond_upper();
    if (low || high) {
      if (high && low) {
        remainder.shift_left(1);
        const int half = remainder.compare(scale);
        if (half > 0 || (half == 0 && digit % 2 != 0)) ++digit;
      } else if (high) {
        ++digit;
      }
      out.digits[out.count++] = static_cast<char>('0' + digit);
      return;
    }
    out.digits[out.count++] = static_cast<char>('0' + digit);
  }
}

/// All digits of an integer; the shortest ones followed by zeros may differ.
[[gnu::noinline]] char* write_whole(char* into, const binary& value, int count) noexcept {
  std::uint32_t words[2 * whole_words];
  big_unsigned rest(words, value.mantissa);
  rest.shift_left(value.exponent);
  for (int i = count - 1; i >= 0; --i) {
    big_unsigned scale(words + whole_words, 1);
    scale.multiply_power_of_ten(i);
    char digit = '0';
    while (rest.compare(scale) >= 0) {
      rest.subtract(scale);
      ++digit;
    }
    *into++ = digit;
  }
  return into;
}

char* write_exponent(char* into, int exponent) noexcept {
  *into++ = 'e';
  *into++ = exponent < 0 ? '-' : '+';
  const int size = exponent < 0 ? -exponent : exponent;
  if (size >= 100) *into++ = static_cast<char>('0' + size / 100);
  *into++ = static_cast<char>('0' + size / 10 % 10);
  *into++ = static_cast<char>('0' + size % 10);
  return into;
}

char* write(char* into, const binary& value, const decimal& shown) noexcept {
  const int exponent = shown.point - 1;
  const int scientific =
      shown.count + (shown.count > 1 ? 1 : 0) + (exponent > -100 && exponent < 100 ? 4 : 5);
  int fixed = shown.count + 1;                                  // 12.34
  if (shown.point >= shown.count) fixed = shown.point;          // 1200
  if (shown.point <= 0) fixed = shown.count + 2 - shown.point;  // 0.0012
  const auto digits = [&](int from, int to) {
    for (; from < to; ++from) *into++ = shown.digits[from];
  };
  if (fixed > scientific) {
    digits(0, 1);
    if (shown.count > 1) *into++ = '.';
    digits(1, shown.count);
    return write_exponent(into, exponent);
  }
  if (shown.point <= 0) {
    *into++ = '0';
    *into++ = '.';
    for (int i = shown.point; i < 0; ++i) *into++ = '0';
    digits(0, shown.count);
  } else if (shown.point < shown.count) {
    digits(0, shown.point);
    *into++ = '.';
    digits(shown.point, shown.count);
  } else if (value.exponent > 0) {
    into = write_whole(into, value, shown.point);
  } else {
    digits(0, shown.count);
    for (int i = shown.count; i < shown.point; ++i) *into++ = '0';
  }
  return into;
}

/// How an IEEE 754 type stores a number: the value is mantissa * 2^(exponent field - bias).
struct storage_format {
  int mantissa_bits;
  int bias;
  int exponent_mask;
  int words;
};

char* format(char* into, std::uint64_t bits, const storage_format& type,
             std::uint32_t* storage) noexcept {
  const std::uint64_t hidden = std::uint64_t{1} << type.mantissa_bits;
  const std::uint64_t fraction = bits & (hidden - 1);
  const int field = static_cast<int>(bits >> type.mantissa_bits) & type.exponent_mask;
  if (field == 0 && fraction == 0) {
    *into++ = '0';
    return into;
  }
  binary value{hidden | fraction, field - type.bias, fraction == 0 && field > 1};
  if (field == 0) value = {fraction, 1 - type.bias, false};
  decimal shown;
  shortest(value, storage, type.words, shown);
  return write(into, value, shown);
}

bool is_digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}

/// The text of a number: digits * 10^exponent.
struct scanned {
  explicit scanned(std::uint32_t* storage) noexcept : digits(storage, 0) {}
  big_unsigned digits;
  int exponent = 0;
  bool negative = false;
  bool any = false;
};

const char* scan(const char* at, scanned& into) noexcept {
  if (*at == '-') {
    into.negative = true;
    ++at;
  }
  const auto take_digits = [&](bool behind_point) {
    for (; is_digit(*at); ++at) {
      const auto digit = static_cast<std::uint32_t>(*at - '0');
      into.digits.multiply_add(10, digit);
      if (behind_point) --into.exponent;
      into.any = true;
    }
  };
  take_digits(false);
  if (*at == '.') {
    ++at;
    take_digits(true);
  }
  if (into.any && (*at == 'e' || *at == 'E')) {
    const char* digits = at + 1;
    const bool minus = *digits == '-';
    if (*digits == '-' || *digits == '+') ++digits;
    if (is_digit(*digits)) {
      int written = 0;
      for (at = digits; is_digit(*at); ++at) {
        if (written < 10000) written = written * 10 + (*at - '0');
      }
      into.exponent += minus ? -written : written;
    }
  }
  return at;
}

constexpr std::uint64_t infinity = std::uint64_t{0x7FF} << 52U;

/// The bits of the double nearest to the ratio of two non-zero integers.
std::uint64_t nearest(big_unsigned& dividend, big_unsigned& divisor) noexcept {
  // 2^(top - 1) < ratio < 2^(top + 1); one comparison makes it 2^top <= ratio < 2^(top + 1)
  int top = dividend.bits() - divisor.bits();
  if (top > 0) divisor.shift_left(top);
  if (top < 0) dividend.shift_left(-top);
  if (dividend.compare(divisor) < 0) {
    dividend.shift_left(1);
    --top;
  }
  if (top > 1023) return infinity;
  // fewer bits below the smallest normal number
  int wanted = top < -1022 ? 53 - (-1022 - top) : 53;
  if (wanted < 0) return 0;
  const int field = top < -1022 ? 0 : top + 1023;
  std::uint64_t mantissa = 0;
  for (; wanted > 0; --wanted) {
    mantissa <<= 1U;
    if (dividend.compare(divisor) >= 0) {
      dividend.subtract(divisor);
      mantissa |= 1U;
    }
    dividend.shift_left(1);
  }
  const int half = dividend.compare(divisor);
  if (half > 0 || (half == 0 && mantissa % 2 != 0)) ++mantissa;
  // a carry out of the mantissa is the next exponent, as it should be
  return field == 0 ? mantissa : (static_cast<std::uint64_t>(field - 1) << 52U) + mantissa;
}

}  // namespace

char* format_number(char* into, float value) noexcept {
  constexpr storage_format type{23, 150, 0xFF, float_words};
  std::uint32_t storage[3 * float_words];
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (bits >> 31U != 0) *into++ = '-';
  return format(into, bits & 0x7FFFFFFFU, type, storage);
}

char* format_number(char* into, double value) noexcept {
  constexpr storage_format type{52, 1075, 0x7FF, double_words};
  std::uint32_t storage[3 * double_words];
  const auto bits = std::bit_cast<std::uint64_t>(value);
  if (bits >> 63U != 0) *into++ = '-';
  return format(into, bits & ~(std::uint64_t{1} << 63U), type, storage);
}

double parse_number(const char* text, const char*& end) noexcept {
  std::uint32_t words[2 * parsing_words];
  scanned number(words);
  end = scan(text, number);
  if (!number.any) {
    end = text;
    return 0;
  }
  std::uint64_t bits = 0;
  if (!number.digits.zero()) {
    // 63 digits and an exponent: beyond these the answer does not depend on the digits
    if (number.exponent > 310) {
      bits = infinity;
    } else if (number.exponent >= -400) {
      big_unsigned divisor(words + parsing_words, 1);
      if (number.exponent >= 0) {
        number.digits.multiply_power_of_ten(number.exponent);
      } else {
        divisor.multiply_power_of_ten(-number.exponent);
      }
      bits = nearest(number.digits, divisor);
    }
  }
  if (number.negative) bits |= std::uint64_t{1} << 63U;
  return std::bit_cast<double>(bits);
}

}  // namespace musubi::json::small

double musubi_strtod(const char* text, char** end) {
  const char* behind = text;
  const double value = musubi::json::small::parse_number(text, behind);
  *end = const_cast<char*>(behind);
  return value;
}
