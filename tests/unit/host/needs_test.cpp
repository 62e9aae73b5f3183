/// What a visitor needs: said by a command, by an upload, or by a store for all that say nothing.
#include "support/sending.hpp"
#include "support/served.hpp"

namespace musubi::test {

enum class rank : std::uint8_t { guest, owner };
/// Who asks, in this file.
inline rank visitor = rank::guest;

std::string_view unmet(rank needed, const context&) noexcept {
  return visitor >= needed ? std::string_view() : "an owner";
}

namespace {

/// An album of which guests see the pictures, and may wave and leave their card.
struct locked_album : album {
  static constexpr std::string_view module = "Test.LockedAlbum";
  static constexpr auto needs = rank::owner;

  struct Wave {
    static constexpr auto needs = rank::guest;
  };
  using commands = musubi::commands<Save, Peek, Clear, Hold, Wave>;
  struct Card {
    static constexpr auto accept = any_file;
    static constexpr auto needs = rank::guest;
  };
  using uploads = musubi::uploads<Photo, Card>;

  using album::handle;
  status handle(const Wave&, context&) { return {}; }
  using album::open_upload;
  result<upload_sink*> open_upload(const Card&, const upload_entry&, context&) {
    return darkroom::current->take();
  }
};
struct locked_socket {
  using roots = musubi::roots<locked_album>;
};

constexpr std::string_view forbidden = R"({"reason":"forbidden","expected":"an owner"})";

class a_locked_album : public testing::Test {
 protected:
  a_locked_album() { visitor = rank::guest; }

  darkroom here;
  served<locked_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.LockedAlbum");
};

TEST_F(a_locked_album, refuses_commands_that_say_nothing_for_the_store_has_said_it) {
  const std::string ref = on.command("save", "{}");
  EXPECT_EQ(page.next(), on.refused(ref, std::string(forbidden)));
  visitor = rank::owner;
  const std::string again = on.command("save", "{}");
  EXPECT_EQ(page.next(), on.ok(again, "{}"));
}

TEST_F(a_locked_album, takes_commands_that_say_less_than_the_store) {
  const std::string ref = on.command("wave", "{}");
  EXPECT_EQ(page.next(), on.ok(ref, "{}"));
}

TEST_F(a_locked_album, refuses_a_file_before_it_is_announced) {
  const std::string ref = on.push("allow_upload", asking("photo", "a.png", 10));
  EXPECT_EQ(page.next(), on.refused(ref, std::string(forbidden)));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

TEST_F(a_locked_album, takes_a_file_that_says_less_than_the_store) {
  (void)on.push("allow_upload", asking("card", "me.txt", 10));
  EXPECT_NE(page.next().find(R"("entry_ref":")"), std::string::npos);
}

TEST_F(a_locked_album, refuses_a_file_whose_sender_may_no_longer_send_it) {
  visitor = rank::owner;
  sending file = allowed(page, on, 10);
  visitor = rank::guest;
  const std::string ref = file.join();
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(a_locked_album, takes_the_files_of_who_may_send_them) {
  visitor = rank::owner;
  sending file = joined(page, on, 10);
  const std::string ref = file.chunk("0123456789");
  EXPECT_EQ(page.next(), file.progress(ref, 100));
}

}  // namespace
}  // namespace musubi::test
