#include "unit/async/virtual_host.hpp"

#include <array>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include <musubi/async/mailbox.hpp>
#include <musubi/async/task_group.hpp>
#include <musubi/memory/text.hpp>

namespace musubi {
namespace {

struct parcel {
  int sender = 0;
  int number = 0;
};

template <class T, std::uint32_t N>
task<> receive_into(mailbox<T, N>& from, std::vector<T>& got) {
  for (;;) {
    co_await from.arrived();
    while (const auto value = from.try_receive()) got.push_back(*value);
  }
}

class mailboxes : public ::testing::Test {
 protected:
  test::virtual_host host_;
};

TEST_F(mailboxes, hand_values_to_the_coroutine_that_waits) {
  mailbox<int, 4> box;
  std::vector<int> got;
  task_group group;
  ASSERT_TRUE(group.spawn(receive_into(box, got)).ok());
  EXPECT_TRUE(box.try_send(1));
  EXPECT_TRUE(box.try_send(2));
  EXPECT_TRUE(got.empty());
  host_.run();
  EXPECT_EQ(got, (std::vector{1, 2}));
}

TEST_F(mailboxes, wake_the_host_once_for_values_it_has_not_fetched) {
  mailbox<int, 4> box;
  EXPECT_TRUE(box.try_send(1));
  EXPECT_TRUE(box.try_send(2));
  EXPECT_EQ(host_.wakes(), 1);
  host_.run();
  EXPECT_TRUE(box.try_send(3));
  EXPECT_EQ(host_.wakes(), 2);
  host_.run();  // a mailbox outlives what was posted for it
}

TEST_F(mailboxes, keep_what_came_before_anybody_waited) {
  mailbox<int, 4> box;
  EXPECT_TRUE(box.try_send(1));
  host_.run();
  std::vector<int> got;
  task_group group;
  ASSERT_TRUE(group.spawn(receive_into(box, got)).ok());
  host_.run();
  EXPECT_EQ(got, std::vector{1});
}

TEST_F(mailboxes, refuse_when_full_and_take_again_once_emptied) {
  mailbox<int, 2> box;
  EXPECT_TRUE(box.try_send(1));
  EXPECT_TRUE(box.try_send(2));
  EXPECT_FALSE(box.try_send(3));
  EXPECT_EQ(box.try_receive(), 1);
  EXPECT_TRUE(box.try_send(3));
  host_.run();
}

TEST_F(mailboxes, carry_texts) {
  mailbox<text<8>, 2> box;
  EXPECT_TRUE(box.try_send("hello"));
  host_.run();
  EXPECT_EQ(box.try_receive()->view(), "hello");
}

constinit mailbox<int, 4> made_before_main;

TEST_F(mailboxes, may_be_made_before_a_host_and_filled_before_it_runs) {
  EXPECT_TRUE(made_before_main.try_send(1));
  std::vector<int> got;
  {
    task_group group;
    ASSERT_TRUE(group.spawn(receive_into(made_before_main, got)).ok());
    host_.run();
    EXPECT_EQ(got, std::vector{1});
    EXPECT_TRUE(made_before_main.try_send(2));
    host_.run();
  }
  EXPECT_EQ(got, (std::vector{1, 2}));
}

TEST_F(mailboxes, may_go_while_something_is_on_its_way) {
  {
    mailbox<int, 4> box;
    EXPECT_TRUE(box.try_send(1));
  }
  host_.run();
}

TEST(a_mailbox, serves_one_host_after_the_other) {
  mailbox<int, 4> box;
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(box.try_send(10 + i));  // while there is none
    test::virtual_host host;
    std::vector<int> got;
    task_group group;
    ASSERT_TRUE(group.spawn(receive_into(box, got)).ok());
    EXPECT_TRUE(box.try_send(20 + i));
    host.run();
    EXPECT_EQ(got, (std::vector{10 + i, 20 + i}));
    EXPECT_TRUE(box.try_send(30 + i));
    host.run();
  }
}

TEST_F(mailboxes, lose_nothing_that_several_threads_send) {
  constexpr int threads = 3;
  constexpr int values = 3000;
  mailbox<parcel, 16> box;
  std::vector<parcel> got;
  got.reserve(threads * values);
  task_group group;
  ASSERT_TRUE(group.spawn(receive_into(box, got)).ok());
  std::vector<std::thread> senders;
  for (int sender = 0; sender < threads; ++sender) {
    senders.emplace_back([&box, sender] {
      for (int number = 0; number < values; ++number) {
        while (!box.try_send({sender, number})) std::this_thread::yield();
      }
    });
  }
  while (got.size() < threads * values) {
    host_.run();
    std::this_thread::yield();
  }
  for (std::thread& sender : senders) sender.join();
  std::array<int, threads> next{};
  for (const parcel& one : got) {
    ASSERT_EQ(one.number, next[static_cast<std::size_t>(one.sender)]++);
  }
  host_.run();
}

}  // namespace
}  // namespace musubi
