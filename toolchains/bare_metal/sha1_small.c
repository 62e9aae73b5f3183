/* The compression function of SHA-1 (FIPS 180-4, 6.1.2) as a loop. It replaces that of Mbed TLS,
   which is unrolled and takes 3.5 KB more flash. It need not be fast: it hashes one handshake for
   each connection. */
#include <mbedtls/sha1.h>
#include <stddef.h>

static uint32_t rotate(uint32_t word, unsigned count) {
  return word << count | word >> (32 - count);
}

int mbedtls_internal_sha1_process(mbedtls_sha1_context* context, const unsigned char data[64]) {
  uint32_t w[16];
  uint32_t a = context->state[0];
  uint32_t b = context->state[1];
  uint32_t c = context->state[2];
  uint32_t d = context->state[3];
  uint32_t e = context->state[4];
  for (unsigned t = 0; t < 80; ++t) {
    uint32_t f;
    uint32_t k;
    if (t < 16) {
      const unsigned char* at = data + 4 * t;
      w[t] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    } else {
      w[t % 16] = rotate(w[(t + 13) % 16] ^ w[(t + 8) % 16] ^ w[(t + 2) % 16] ^ w[t % 16], 1);
    }
    if (t < 20) {
      f = d ^ (b & (c ^ d));
      k = 0x5A827999U;
    } else if (t < 40) {
      f = b ^ c ^ d;
      k = 0x6ED9EBA1U;
    } else if (t < 60) {
      f = (b & c) | (d & (b | c));
      k = 0x8F1BBCDCU;
    } else {
      f = b ^ c ^ d;
      k = 0xCA62C1D6U;
    }
    const uint32_t next = rotate(a, 5) + f + e + k + w[t % 16];
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  context->state[0] += a;
  context->state[1] += b;
  context->state[2] += c;
  context->state[3] += d;
  context->state[4] += e;
  return 0;
}
