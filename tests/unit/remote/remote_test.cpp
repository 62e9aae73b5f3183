// A typed store of a real host, in one process.
#include "support/board.hpp"
#include "support/remote_wire.hpp"
#include "support/served.hpp"
#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/async/task_group.hpp>
#include <musubi/remote/remote.hpp>

namespace musubi::test {
namespace {

constexpr remote_limits small_remote{.roots = 2,
                                     .message_bytes = 4096,
                                     .outgoing_bytes = 2048,
                                     .calls = 2,
                                     .state_bytes = 2048,
                                     .tree_bytes = 65536};

class a_remote_board : public ::testing::Test {
 protected:
  template <class Command>
  task<> call(Command command) {
    auto answer = co_await board_.call(command);
    outcome_ = answer.ok() ? "ok" : std::string(answer.error().reason());
  }
  task<> echo(text<64> words) {
    const auto answer = co_await board_.call(board::Echo{words});
    outcome_ =
        answer.ok() ? std::string(answer->words.view()) : std::string(answer.error().reason());
  }
  void spawn(task<> work) {
    ASSERT_TRUE(group_.spawn(std::move(work)).ok());
    net_.run();
  }

  surroundings here_;
  served<board_socket> server_;
  host_network net_{server_.host().events()};
  region memory_{remote_server::bytes(small_remote)};
  remote_server connection_{
      server_.core().loop(), net_, {"localhost", "/socket"}, small_remote, memory_.begin()};
  remote<board> board_{connection_, "main", R"({"label":"cellar"})"};
  task_group group_;
  std::string outcome_;
};

TEST_F(a_remote_board, is_not_known_before_it_is_live) {
  EXPECT_FALSE(board_.live());
  EXPECT_FALSE(board_.known());
  EXPECT_EQ(board_.state().count, 0);
}

TEST_F(a_remote_board, has_the_state_of_the_board) {
  net_.run();
  ASSERT_TRUE(board_.live()) << board_.why();
  EXPECT_EQ(board_.state().label.view(), "cellar");
  EXPECT_EQ(here_.mounts, 1);
}

TEST_F(a_remote_board, follows_what_others_do_there) {
  net_.run();
  spawn(call(board::Add{5}));
  EXPECT_EQ(outcome_, "ok");
  EXPECT_EQ(board_.state().count, 5);
}

TEST_F(a_remote_board, returns_the_reply_of_a_command) {
  net_.run();
  spawn(echo("hello"));
  EXPECT_EQ(outcome_, "hello");
}

TEST_F(a_remote_board, does_not_send_a_command_while_it_is_not_live) {
  net_.unreachable = true;
  net_.run();
  spawn(call(board::Add{5}));
  EXPECT_EQ(outcome_, "the store is not live");
}

TEST_F(a_remote_board, keeps_the_last_state_while_the_connection_is_lost_and_mounts_again) {
  net_.run();
  spawn(call(board::Add{5}));
  net_.unreachable = true;
  net_.wires.back()->break_off();
  net_.run_for(1s);
  EXPECT_FALSE(board_.live());
  EXPECT_EQ(board_.state().count, 5);
  net_.unreachable = false;
  net_.run_for(10s);
  EXPECT_TRUE(board_.live()) << board_.why();
  EXPECT_EQ(board_.state().count, 0);  // the board's number is of one mount
  EXPECT_EQ(here_.mounts, 2);
}

}  // namespace
}  // namespace musubi::test
