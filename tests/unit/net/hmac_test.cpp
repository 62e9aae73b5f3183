#include <gtest/gtest.h>
#include <string>

#include <musubi/net/internal/hmac.hpp>

namespace musubi::net {
namespace {

std::string hex(const hmac_tag& tag) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : tag) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

/// A short key is one that is filled up with zeros (RFC 2104).
hmac_key key_of(std::string_view bytes) {
  hmac_key key{};
  for (std::size_t i = 0; i < bytes.size(); ++i) key[i] = static_cast<std::uint8_t>(bytes[i]);
  return key;
}

TEST(hmac, signs_as_rfc_4231_says) {
  const std::string_view first[] = {"Hi There"};
  EXPECT_EQ(hex(hmac_sha256(key_of(std::string(20, '\x0b')), first)),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  const std::string_view second[] = {"what do ya want for nothing?"};
  EXPECT_EQ(hex(hmac_sha256(key_of("Jefe"), second)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const std::string fifty(50, '\xdd');
  const std::string_view third[] = {fifty};
  EXPECT_EQ(hex(hmac_sha256(key_of(std::string(20, '\xaa')), third)),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

TEST(hmac, signs_parts_as_what_they_are_together) {
  const std::string_view whole[] = {"one, two"};
  const std::string_view parts[] = {"one", ", ", "", "two"};
  EXPECT_EQ(hmac_sha256(key_of("k"), whole), hmac_sha256(key_of("k"), parts));
}

}  // namespace
}  // namespace musubi::net
