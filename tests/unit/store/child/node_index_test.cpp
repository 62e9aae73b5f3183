/// Finding child stores by their store_id.

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include <musubi/store/child/internal/node_index.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

struct empty_store {
  static constexpr std::string_view module = "Test.Empty";
  struct State {
    std::int32_t n;
  };
  State render() const { return {0}; }
};

/// A child that is only there to be found.
class indexed_child final : public child_node {
 public:
  indexed_child(node& owner, std::string path)
      : child_node(owner.on_page(), &place_), path_(std::move(path)), place_(path_, "", &owner) {}
  page::progress execute(const command_message&) noexcept override {
    return page::progress::rejected;
  }
  void* store_as(const char*) noexcept override { return nullptr; }
  void destroy() noexcept override {}
  bool render() noexcept override { return true; }
  void serialized() override {}
  void commit() noexcept override {}

 private:
  std::string path_;
  detail::child_place place_;
};

class an_index_of_store_ids : public testing::Test {
 protected:
  [[nodiscard]] child_node* find(std::string_view path) {
    return index_.find(here_.context().on_page(), path, [](child_node&) { return true; });
  }
  [[nodiscard]] node& root_of(musubi::testkit::mounted<empty_store>& page) {
    return node::of(page.context());
  }

  musubi::testkit::mounted<empty_store> here_;
  musubi::testkit::mounted<empty_store> elsewhere_;
  std::vector<std::max_align_t> region_{64};
  carver carver_{reinterpret_cast<std::byte*>(region_.data())};
  node_index index_{carver_, 3};
};

TEST_F(an_index_of_store_ids, finds_each_of_more_children_than_it_has_buckets) {
  std::vector<std::unique_ptr<indexed_child>> all;
  for (int i = 0; i < 20; ++i) {
    all.push_back(
        std::make_unique<indexed_child>(root_of(here_), "\"c" + std::to_string(i) + "\""));
    index_.add(*all.back());
  }
  for (const auto& each : all) EXPECT_EQ(find(each->store_id()), each.get());
  EXPECT_EQ(find("\"c20\""), nullptr);
}

TEST_F(an_index_of_store_ids, tells_the_pages_of_a_host_apart) {
  indexed_child ours(root_of(here_), "\"c\"");
  indexed_child theirs(root_of(elsewhere_), "\"c\"");
  index_.add(theirs);
  EXPECT_EQ(find("\"c\""), nullptr);
  index_.add(ours);
  EXPECT_EQ(find("\"c\""), &ours);
}

TEST_F(an_index_of_store_ids, passes_by_what_is_not_wanted) {
  indexed_child old(root_of(here_), "\"c\"");
  indexed_child fresh(root_of(here_), "\"c\"");
  index_.add(fresh);
  index_.add(old);
  old.place().removed = true;
  EXPECT_EQ(index_.find(here_.context().on_page(), "\"c\"",
                        [](child_node& each) { return !each.place().removed; }),
            &fresh);
}

TEST_F(an_index_of_store_ids, does_not_find_what_was_removed) {
  indexed_child first(root_of(here_), "\"a\"");
  indexed_child second(root_of(here_), "\"b\"");
  index_.add(first);
  index_.add(second);
  index_.remove(first);
  EXPECT_EQ(find("\"a\""), nullptr);
  EXPECT_EQ(find("\"b\""), &second);
}

TEST_F(an_index_of_store_ids, takes_no_memory_where_no_store_has_children) {
  carver measure;
  const node_index none(measure, 0);
  EXPECT_EQ(measure.used(), 0U);
  EXPECT_EQ(none.find(here_.context().on_page(), "\"a\"", [](child_node&) { return true; }),
            nullptr);
}

}  // namespace
}  // namespace musubi::test
