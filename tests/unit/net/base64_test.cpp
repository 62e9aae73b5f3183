#include <gtest/gtest.h>
#include <mbedtls/base64.h>
#include <string>

#include <musubi/net/internal/base64.hpp>

namespace musubi::net {
namespace {

std::string decoded(std::string_view text, std::size_t room = 256) {
  std::string buffer(room, '?');
  const auto size = decode_base64(text, buffer);
  return size ? buffer.substr(0, *size) : "(malformed)";
}

TEST(base64, decodes_the_vectors_of_the_rfc_padded_or_not) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("Zg=="), "f");
  EXPECT_EQ(decoded("Zg"), "f");
  EXPECT_EQ(decoded("Zm8="), "fo");
  EXPECT_EQ(decoded("Zm8"), "fo");
  EXPECT_EQ(decoded("Zm9v"), "foo");
  EXPECT_EQ(decoded("Zm9vYg"), "foob");
  EXPECT_EQ(decoded("Zm9vYmE"), "fooba");
  EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(base64, reads_both_alphabets) {
  EXPECT_EQ(decoded("+/+/"), "\xFB\xFF\xBF");
  EXPECT_EQ(decoded("-_-_"), "\xFB\xFF\xBF");
}

TEST(base64, decodes_what_mbed_tls_encodes_at_every_length) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string plain(size, '\0');
    for (std::size_t i = 0; i < size; ++i) plain[i] = static_cast<char>(i * 37 + size);
    std::string encoded(300, '\0');
    std::size_t length = 0;
    ASSERT_EQ(
        mbedtls_base64_encode(reinterpret_cast<unsigned char*>(encoded.data()), encoded.size(),
                              &length, reinterpret_cast<const unsigned char*>(plain.data()), size),
        0);
    encoded.resize(length);
    EXPECT_EQ(decoded(encoded, size), plain) << size;
    encoded.resize(encoded.find_last_not_of('=') + 1);
    EXPECT_EQ(decoded(encoded, size), plain) << size;
    EXPECT_EQ(decoded_base64_size(encoded.size()), size);
  }
}

TEST(base64, encodes_what_mbed_tls_encodes_at_every_length) {
  std::string plain;
  for (std::size_t size = 0; size < 200; ++size, plain += static_cast<char>(size * 37)) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(plain.data());
    std::string expected(300, '\0');
    std::size_t length = 0;
    ASSERT_EQ(mbedtls_base64_encode(reinterpret_cast<unsigned char*>(expected.data()),
                                    expected.size(), &length, bytes, size),
              0);
    expected.resize(length);
    std::string encoded(encoded_base64_size(size), '?');
    EXPECT_EQ(encode_base64({bytes, size}, encoded), length) << size;
    EXPECT_EQ(encoded, expected) << size;
  }
}

TEST(base64, encodes_nothing_into_a_room_that_is_too_small) {
  const std::uint8_t bytes[] = {1, 2, 3, 4};
  std::string room(7, '?');
  EXPECT_EQ(encode_base64(bytes, room), 0u);
  EXPECT_EQ(encode_base64url(bytes, std::span(room).first(5)), 0u);
  EXPECT_EQ(room, std::string(7, '?'));
}

TEST(base64, encodes_for_addresses_what_it_decodes_again_at_every_length) {
  for (std::size_t size = 0; size < 70; ++size) {
    std::string plain(size, '\0');
    for (std::size_t i = 0; i < size; ++i) plain[i] = static_cast<char>(i * 71 + size);
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(plain.data());
    std::string encoded(encoded_base64url_size(size), '!');
    EXPECT_EQ(encode_base64url({bytes, size}, encoded), encoded.size()) << size;
    EXPECT_EQ(encoded.find_first_of("+/=!"), std::string::npos) << encoded;
    EXPECT_EQ(decoded(encoded, size), plain) << size;
  }
}

TEST(base64, refuses_what_is_not_base64) {
  for (const char* text : {"Z", "Zm9vY", "Zm 9", "Zm\n9", "Zm9v\r\n", "Zg=", "Z===", "====",
                           "Zg==Zg==", "Zm9=v", "Zm.9", "\xFF\xFF\xFF\xFF"}) {
    EXPECT_EQ(decoded(text), "(malformed)") << text;
  }
}

TEST(base64, refuses_a_room_that_is_too_small) {
  EXPECT_EQ(decoded("Zm9vYg", 4), "foob");
  EXPECT_EQ(decoded("Zm9vYg", 3), "(malformed)");
}

}  // namespace
}  // namespace musubi::net
