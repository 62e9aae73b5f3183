#include <array>
#include <cstddef>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/host/internal/outbox.hpp>
#include <musubi/memory/carver.hpp>

namespace musubi {
namespace {

/// Records what is sent to it, a string for each write.
class recorder final : public byte_sink {
 public:
  explicit recorder(std::vector<std::string>& log, std::string_view name)
      : log_(log), name_(name) {}

  bool send(std::span<const std::byte> bytes) noexcept override {
    log_.push_back(name_ + std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    if (leaves_ != nullptr) leaves_->forget(*gone_);
    return true;
  }
  /// At the next write to this one, `gone` ends.
  void ends(outbox& box, const byte_sink& gone) {
    leaves_ = &box;
    gone_ = &gone;
  }
  void on_readable() noexcept override {}
  void on_writable() noexcept override {}

 private:
  std::vector<std::string>& log_;
  std::string name_;
  outbox* leaves_ = nullptr;
  const byte_sink* gone_ = nullptr;
};

class an_outbox : public testing::Test {
 protected:
  static constexpr std::size_t size = 1024;

  void write(recorder& client, std::string_view text) {
    box.select(client);
    box.raw(std::as_bytes(std::span(text)));
    box.finish(client);
  }
  /// A text message, written piece by piece; `length` is that of its payload.
  void write_text(recorder& client, std::size_t length) {
    box.select(client);
    box.begin_text();
    for (std::size_t i = 0; i < length; ++i) (void)box.writer().raw("x");
    box.end_text();
    box.finish(client);
  }

  alignas(std::max_align_t) std::array<std::byte, size> memory{};
  carver carve{memory.data()};
  outbox box{carve, size};
  std::vector<std::string> log;
  recorder ada{log, "ada:"};
  recorder bob{log, "bob:"};
  using writes = std::vector<std::string>;
};

TEST_F(an_outbox, sends_what_was_written_for_several_clients_when_the_turn_ends) {
  write(ada, "1");
  write(bob, "2");
  EXPECT_EQ(log, writes{});
  box.flush();
  EXPECT_EQ(log, (writes{"ada:1", "bob:2"}));
  box.flush();
  EXPECT_EQ(log.size(), 2U);
}

TEST_F(an_outbox, joins_what_was_written_for_one_client_in_a_row) {
  write(ada, "1");
  write(ada, "2");
  box.flush();
  EXPECT_EQ(log, writes{"ada:12"});
}

TEST_F(an_outbox, keeps_the_order_in_which_clients_were_written_to) {
  write(ada, "1");
  write(bob, "2");
  write(ada, "3");
  box.flush();
  EXPECT_EQ(log, (writes{"ada:1", "bob:2", "ada:3"}));
}

TEST_F(an_outbox, sends_nothing_to_a_client_that_is_gone) {
  write(ada, "1");
  write(bob, "2");
  write(ada, "3");
  box.forget(ada);
  box.flush();
  EXPECT_EQ(log, writes{"bob:2"});
}

TEST_F(an_outbox, forgets_a_client_in_the_middle_of_a_message_and_keeps_those_before) {
  write(ada, "1");
  box.select(bob);
  box.begin_text();
  (void)box.writer().raw("half");
  box.forget(bob);
  write(ada, "2");
  box.flush();
  EXPECT_EQ(log, writes{"ada:12"});
}

TEST_F(an_outbox, lets_a_client_end_while_another_is_sent_to) {
  write(ada, "1");
  write(bob, "2");
  ada.ends(box, bob);
  box.flush();
  EXPECT_EQ(log, writes{"ada:1"});
}

TEST_F(an_outbox, sends_before_it_is_full) {
  const std::string half(size / 2 + 1, 'h');
  write(ada, half);
  write(bob, half);
  EXPECT_EQ(log, writes{"ada:" + half});
  box.flush();
  EXPECT_EQ(log, (writes{"ada:" + half, "bob:" + half}));
}

TEST_F(an_outbox, sends_others_when_it_is_full_and_all_that_one_client_gets_in_one_write) {
  write(ada, std::string(size / 2, 'a'));
  const std::string third(size / 3, 'b');
  box.select(bob);
  box.raw(std::as_bytes(std::span(third)));
  box.raw(std::as_bytes(std::span(third)));
  write_text(bob, 100);
  ASSERT_EQ(log, writes{"ada:" + std::string(size / 2, 'a')});
  box.flush();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[1], "bob:" + third + third + "\x81\x64" + std::string(100, 'x'));
}

TEST_F(an_outbox, keeps_an_open_message_whole_when_others_make_way) {
  write(ada, std::string(size / 2, 'a'));
  box.select(bob);
  box.raw(std::as_bytes(std::span(std::string_view("1"))));
  write_text(bob, size / 2);
  box.flush();
  ASSERT_EQ(log.size(), 2U);
  const std::string head = {'\x81', '\x7e', '\x02', '\0'};
  EXPECT_EQ(log[1], "bob:1" + head + std::string(size / 2, 'x'));
}

TEST_F(an_outbox, forgets_one_that_ends_while_others_make_way) {
  write(ada, std::string(size / 2, 'a'));
  write(bob, "1");
  ada.ends(box, bob);
  write(bob, std::string(size / 2, 'b'));
  write(ada, "2");
  box.flush();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[1], "ada:2");
}

TEST_F(an_outbox, sends_others_before_the_first_fragment_of_a_message_that_does_not_fit) {
  write(ada, "1");
  write(ada, "2");
  write_text(bob, 3 * size);
  box.flush();
  ASSERT_GE(log.size(), 4U);
  EXPECT_EQ(log[0], "ada:12");
  std::size_t payload = 0;
  for (std::size_t i = 1; i < log.size(); ++i) {
    EXPECT_TRUE(log[i].starts_with("bob:"));
    for (const char each : log[i].substr(4)) payload += each == 'x' ? 1 : 0;
  }
  EXPECT_EQ(payload, 3 * size);
}

TEST_F(an_outbox, drops_the_rest_of_a_message_whose_client_ended_while_it_was_written) {
  write(ada, "1");
  box.select(bob);
  box.begin_text();
  ada.ends(box, bob);
  for (std::size_t i = 0; i < 3 * size; ++i) (void)box.writer().raw("x");
  box.end_text();
  box.flush();
  write(ada, "2");
  box.flush();
  EXPECT_EQ(log, (writes{"ada:1", "ada:2"}));
}

TEST_F(an_outbox, sends_to_dozens_of_clients_each_its_own) {
  std::vector<recorder> many;
  many.reserve(100);
  for (int i = 0; i < 100; ++i) many.emplace_back(log, std::to_string(i) + ":");
  for (recorder& each : many) write(each, "!");
  box.flush();
  ASSERT_EQ(log.size(), 100U);
  for (std::size_t i = 0; i < log.size(); ++i) EXPECT_EQ(log[i], std::to_string(i) + ":!");
}

}  // namespace
}  // namespace musubi
