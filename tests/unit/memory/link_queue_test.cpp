#include <gtest/gtest.h>
#include <string>

#include <musubi/memory/internal/link_queue.hpp>

namespace musubi {
namespace {

struct entry : queue_link<entry> {
  explicit entry(char of) noexcept : name(of) {}
  char name;
};

class a_link_queue : public testing::Test {
 protected:
  std::string take_all() {
    std::string all;
    while (const entry* const next = made.pop()) all += next->name;
    return all;
  }
  /// Takes out the entries that are in `gone`; answers them in the order in which they went.
  std::string remove(const std::string& gone) {
    std::string removed;
    made.remove_if([&](const entry& each) { return gone.find(each.name) != std::string::npos; },
                   [&](const entry& each) { removed += each.name; });
    return removed;
  }

  entry a{'a'};
  entry b{'b'};
  entry c{'c'};
  link_queue<entry> made;
};

TEST_F(a_link_queue, is_first_in_first_out) {
  EXPECT_TRUE(made.empty());
  EXPECT_EQ(made.pop(), nullptr);
  made.push(a);
  made.push(b);
  EXPECT_EQ(made.pop(), &a);
  made.push(c);
  EXPECT_EQ(made.last(), &c);
  EXPECT_EQ(take_all(), "bc");
  EXPECT_TRUE(made.empty());
}

TEST_F(a_link_queue, tells_which_elements_are_in_one) {
  made.push(a);
  EXPECT_TRUE(a.queued());  // though it is the last
  EXPECT_FALSE(b.queued());
  (void)made.pop();
  EXPECT_FALSE(a.queued());
}

TEST_F(a_link_queue, removes_any_of_its_elements) {
  for (const std::string gone : {"", "a", "b", "c", "ab", "bc", "ac", "abc"}) {
    for (entry* const each : {&a, &b, &c}) made.push(*each);
    EXPECT_EQ(remove(gone), gone);
    std::string left = "abc";
    std::erase_if(left, [&](char each) { return gone.find(each) != std::string::npos; });
    EXPECT_EQ(take_all(), left) << "without " << gone;
  }
}

TEST_F(a_link_queue, takes_more_elements_after_its_last_was_removed) {
  made.push(a);
  made.push(b);
  EXPECT_EQ(remove("b"), "b");
  EXPECT_FALSE(b.queued());
  made.push(c);
  EXPECT_EQ(take_all(), "ac");
}

}  // namespace
}  // namespace musubi
