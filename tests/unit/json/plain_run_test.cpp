#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/json/internal/plain_run.hpp>

namespace musubi::json {
namespace {

bool ends_a_run(char at, run_of kind) {
  const auto byte = static_cast<unsigned char>(at);
  return byte == '"' || byte == '\\' || byte < 0x20 || (kind == run_of::ascii && byte >= 0x80);
}

/// Looked for byte by byte; what is not the text's is not touched.
template <run_of Kind>
void expect_the_end(const std::string& text) {
  const std::unique_ptr<char[]> exactly(new char[text.size()]);
  text.copy(exactly.get(), text.size());
  const char* const begin = exactly.get();
  const char* const end = begin + text.size();
  for (std::size_t from = 0; from <= text.size(); ++from) {
    std::size_t expected = from;
    while (expected != text.size() && !ends_a_run(text[expected], Kind)) ++expected;
    ASSERT_EQ(plain_end<Kind>(begin + from, end) - begin, static_cast<std::ptrdiff_t>(expected))
        << from << " of " << text.size();
  }
}

TEST(a_plain_run, ends_at_the_first_special_byte_at_every_length_and_place) {
  for (std::size_t size = 0; size < 50; ++size) {
    expect_the_end<run_of::any>(std::string(size, 'a'));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char special : {'"', '\\', '\n', '\x80'}) {
        std::string text(size, '~');
        text[at] = special;
        text.back() = at % 2 == 0 ? '"' : text.back();
        expect_the_end<run_of::any>(text);
        expect_the_end<run_of::ascii>(text);
      }
    }
  }
}

TEST(a_plain_run, is_ended_by_the_same_bytes_whatever_stands_beside_them) {
  for (int byte = 0; byte < 256; ++byte) {
    for (const char beside : {'a', '!', '#', '[', ']', ' ', '\x7F'}) {
      for (const std::size_t size : {5U, 8U, 13U, 16U, 31U}) {
        std::string text(size, beside);
        text[size / 2] = static_cast<char>(byte);
        expect_the_end<run_of::any>(text);
        expect_the_end<run_of::ascii>(text);
      }
    }
  }
}

}  // namespace
}  // namespace musubi::json
