#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/json/internal/claimed.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::json {
namespace {

/// `inside` as a claim writes it, into exactly the room it needs; "no" where it does not.
std::string claimed_plain(const std::string& inside) {
  const std::unique_ptr<char[]> from(new char[inside.size()]);
  inside.copy(from.get(), inside.size());
  const std::unique_ptr<char[]> room(new char[inside.size()]);
  buffer_output out(room.get(), inside.size());
  claimed to(out, inside.size());
  if (!to.plain({from.get(), inside.size()})) return "no";
  to.commit();
  return std::string(out.view());
}
std::string written(const std::string& inside) {
  std::string room(6 * inside.size(), ' ');
  buffer_output out(room.data(), room.size());
  writer(out).characters(inside);
  return std::string(out.view());
}

TEST(a_claim, writes_a_string_as_a_writer_does_or_not_at_all) {
  if constexpr (!short_ways) GTEST_SKIP();
  for (std::size_t size = 0; size < 50; ++size) {
    const std::string plain(size, 'a');
    EXPECT_EQ(claimed_plain(plain), plain);
    for (std::size_t at = 0; at < size; ++at) {
      for (const char byte : {'"', '\\', '\n', '\x1F', '\x7F', '\x80', '\xFF', ' ', '/'}) {
        std::string text = plain;
        text[at] = byte;
        const std::string made = claimed_plain(text);
        ASSERT_EQ(made == "no", written(text) != text || byte < 0) << size << " at " << at;
        if (made == "no") continue;
        ASSERT_EQ(made, text);
      }
    }
  }
}

TEST(a_claim, writes_a_number_as_a_writer_does) {
  for (const std::uint32_t value : {0U, 1U, 9U, 10U, 11U, 99U, 100U, 4294967295U}) {
    char room[64];
    buffer_output out(room, sizeof room);
    claimed to(out, number_bytes);
    to.number(value);
    to.commit();
    EXPECT_EQ(out.view(), std::to_string(value));
  }
}

}  // namespace
}  // namespace musubi::json
