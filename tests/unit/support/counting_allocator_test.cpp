#include "support/counting_allocator.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

namespace musubi::test {

// What the optimiser must believe to be read elsewhere: else it drops the allocation.
void* volatile last_block = nullptr;

namespace {

void keep(void* block) {
  last_block = block;
}

TEST(heap_watch, counts_new) {
  const heap_watch watch;
  const auto number = std::make_unique<int>(1);
  keep(number.get());
  EXPECT_EQ(watch.allocations(), 1U);
  EXPECT_EQ(watch.bytes(), sizeof(int));
}

TEST(heap_watch, counts_malloc_calloc_and_realloc) {
  const heap_watch watch;
  void* block = std::malloc(16);
  keep(block);
  EXPECT_EQ(watch.allocations(), 1U);
  block = std::realloc(block, 4096);
  keep(block);
  EXPECT_GE(watch.allocations(), 2U);
  std::free(block);
  const std::size_t before = watch.allocations();
  block = std::calloc(4, 16);
  keep(block);
  EXPECT_EQ(watch.allocations(), before + 1);
  std::free(block);
}

TEST(heap_watch, counts_nothing_where_nothing_is_allocated) {
  const heap_watch watch;
  int on_the_stack = 7;
  keep(&on_the_stack);
  EXPECT_EQ(watch.allocations(), 0U);
}

TEST(heap_watch, tells_the_own_thread_from_the_others) {
  const heap_watch mine(heap_scope::this_thread);
  const heap_watch everybody;
  std::thread other([] { keep(std::make_unique<int>(1).get()); });
  const std::size_t for_the_thread = mine.allocations();
  other.join();
  EXPECT_EQ(mine.allocations(), for_the_thread);
  EXPECT_GT(everybody.allocations(), for_the_thread);
}

TEST(heap_watch, starts_anew_when_reset) {
  heap_watch watch;
  const auto number = std::make_unique<int>(1);
  keep(number.get());
  watch.reset();
  EXPECT_EQ(watch.allocations(), 0U);
}

TEST(heap_trap, ends_the_program_at_an_allocation) {
  EXPECT_DEATH(
      {
        const heap_trap trap;
        keep(std::malloc(1));
      },
      "");
}

}  // namespace
}  // namespace musubi::test
