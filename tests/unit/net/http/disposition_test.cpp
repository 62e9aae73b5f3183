#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/internal/disposition.hpp>

namespace musubi::net::http {
namespace {

std::string disposition(bool download, std::string_view name) {
  std::array<char, 512> room{};
  head_writer out{room};
  write_disposition(out, download, name);
  return {room.data(), out.finish()};
}

TEST(a_disposition, says_whether_the_content_is_saved_or_shown) {
  EXPECT_EQ(disposition(true, ""), "Content-Disposition: attachment\r\n");
  EXPECT_EQ(disposition(false, "a.png"), "Content-Disposition: inline; filename=\"a.png\"\r\n");
}

TEST(a_disposition, sends_a_plain_name_as_it_is) {
  EXPECT_EQ(disposition(true, "holiday photo-1_2.jpeg"),
            "Content-Disposition: attachment; filename=\"holiday photo-1_2.jpeg\"\r\n");
}

TEST(a_disposition, encodes_any_other_name_and_gives_a_plain_form_of_it) {
  EXPECT_EQ(disposition(true, "Übung €.txt"),
            "Content-Disposition: attachment; filename=\"_bung _.txt\"; "
            "filename*=UTF-8''%C3%9Cbung%20%E2%82%AC.txt\r\n");
}

TEST(a_disposition, lets_no_name_out_of_its_quotes) {
  EXPECT_EQ(disposition(true, "a\"; filename=b\\\r\nSet-Cookie: c=d"),
            "Content-Disposition: attachment; filename=\"a__ filename_b___Set-Cookie_ c_d\"; "
            "filename*=UTF-8''a%22%3B%20filename%3Db%5C%0D%0ASet-Cookie%3A%20c%3Dd\r\n");
  EXPECT_EQ(disposition(true, "../../etc/passwd%00"),
            "Content-Disposition: attachment; filename=\".._.._etc_passwd_00\"; "
            "filename*=UTF-8''..%2F..%2Fetc%2Fpasswd%2500\r\n");
}

TEST(a_disposition, takes_names_that_are_no_text) {
  EXPECT_EQ(disposition(true, "\xFF\x00z"),
            "Content-Disposition: attachment; filename=\"_\"; filename*=UTF-8''%FF\r\n");
}

}  // namespace
}  // namespace musubi::net::http
