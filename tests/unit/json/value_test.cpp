#include "support/counting_allocator.hpp"
#include "unit/json/random_json.hpp"
#include "unit/memory/region.hpp"

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/json/value.hpp>
#include <musubi/memory/internal/fault.hpp>

namespace musubi::json {
namespace {

class values : public ::testing::Test {
 protected:
  void TearDown() override { fault::disarm(); }
  value read(std::string_view text) {
    value document;
    EXPECT_EQ(parse(text, arena_, document), parse_error::none) << text;
    return document;
  }

  test::region memory_{16384};
  carver carver_ = memory_.carve();
  arena arena_{"decode", carver_, 16384};
};

TEST_F(values, tell_what_kind_a_value_is_of) {
  EXPECT_TRUE(read("null").is_null());
  EXPECT_TRUE(read("{}").is_object());
  EXPECT_TRUE(read("[]").is_array());
  EXPECT_EQ(read("true").boolean(), true);
  EXPECT_EQ(read("false").boolean(), false);
  EXPECT_EQ(read("\"a\"").string(), "a");
  EXPECT_EQ(read("1.5").number(), 1.5);
  EXPECT_EQ(read("3").integer(), 3);
}

TEST_F(values, take_no_value_for_one_of_another_kind) {
  const value word = read("\"1\"");
  EXPECT_FALSE(word.number() || word.integer() || word.boolean());
  EXPECT_FALSE(word.is_null() || word.is_object() || word.is_array());
  EXPECT_FALSE(read("1").string() || read("1").boolean());
  EXPECT_FALSE(read("null").boolean() || read("null").string() || read("null").number());
}

TEST_F(values, take_nothing_for_no_value) {
  const value none;
  EXPECT_FALSE(none);
  EXPECT_FALSE(none.is_null() || none.is_object() || none.is_array());
  EXPECT_FALSE(none.boolean() || none.string() || none.number() || none.integer());
  EXPECT_FALSE(none.member("a") || none.first());
}

TEST_F(values, find_members_by_their_exact_key) {
  const value object = read(R"({"a":1,"A":2,"ab":3})");
  EXPECT_EQ(object.member("a").integer(), 1);
  EXPECT_EQ(object.member("A").integer(), 2);
  EXPECT_EQ(object.member("ab").integer(), 3);
  EXPECT_FALSE(object.member("b"));
  EXPECT_FALSE(object.member(""));
  EXPECT_FALSE(read("[1]").member("a"));
}

TEST_F(values, find_no_member_whose_key_is_given_more_than_once) {
  EXPECT_FALSE(read(R"({"a":1,"b":0,"a":2})").member("a"));
  EXPECT_FALSE(read(R"({"a":1,"b":0,"\u0061":1})").member("a"));
}

TEST_F(values, hold_u0000_in_strings_and_keys) {
  using namespace std::string_literals;
  const value all =
      read(R"({"a\u0000b":1,"a":"x\u0000","c\u0000":"\\u0000","\u0000\u0000":[true,"\u0000"]})");
  EXPECT_EQ(all.member("a\0b"s).integer(), 1);
  EXPECT_EQ(all.member("a").string(), "x\0"s);
  EXPECT_EQ(all.member("c\0"s).string(), "\\u0000");
  EXPECT_EQ(all.member("\0\0"s).first().boolean(), true);
  EXPECT_EQ(all.member("\0\0"s).first().next().string(), "\0"s);
  EXPECT_FALSE(all.member("a\0"s));
}

TEST_F(values, go_through_elements_and_members_in_order) {
  std::string seen;
  for (value item = read("[1,2,3]").first(); item; item = item.next()) {
    seen += std::to_string(*item.integer());
  }
  for (value item = read(R"({"b":1,"a":2})").first(); item; item = item.next()) {
    seen += std::string(item.key());
  }
  EXPECT_EQ(seen, "123ba");
  EXPECT_FALSE(read("[]").first());
  EXPECT_FALSE(read("7").first());
}

TEST_F(values, undo_escapes) {
  EXPECT_EQ(read(R"("\"\\\/\b\f\n\r\t")").string(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(read(R"("\u00e9\u20AC\ud83c\udf75")").string(), "\u00E9\u20AC\U0001F375");
}

TEST_F(values, take_whole_numbers_that_javascript_holds_exactly) {
  EXPECT_EQ(read("9007199254740991").integer(), 9007199254740991);
  EXPECT_EQ(read("-9007199254740991").integer(), -9007199254740991);
  EXPECT_EQ(read("-0").integer(), 0);
  EXPECT_EQ(read("1e2").integer(), 100);
  EXPECT_EQ(read("5.0").integer(), 5);
}

TEST_F(values, take_no_whole_number_that_may_have_been_another) {
  EXPECT_FALSE(read("9007199254740992").integer());
  EXPECT_FALSE(read("9007199254740993").integer());  // a double makes ...992 of it
  EXPECT_FALSE(read("-9007199254740992").integer());
  EXPECT_FALSE(read("1e300").integer());
  EXPECT_FALSE(read("1e999").integer());
  EXPECT_FALSE(read("0.5").integer());
  EXPECT_FALSE(read("9223372036854775807").integer());
}

TEST_F(values, are_read_from_a_text_that_does_not_end_in_nul) {
  const auto text = std::make_unique<char[]>(2);
  text[0] = '4';
  text[1] = '2';
  EXPECT_EQ(read({text.get(), 1}).integer(), 4);
  EXPECT_EQ(read({text.get(), 2}).integer(), 42);
}

TEST_F(values, refuse_what_is_malformed_and_leave_the_arena_alone) {
  value document;
  for (const std::string_view text : {"", "{", "[1,]", "{'a':1}", R"("\ud83d")", "1 2"}) {
    EXPECT_EQ(parse(text, arena_, document), parse_error::malformed) << text;
  }
  EXPECT_EQ(parse(std::string(1000, '['), arena_, document), parse_error::too_deep);
  EXPECT_FALSE(document);
  EXPECT_EQ(arena_.metrics().used, 0U);
}

TEST_F(values, say_when_the_arena_is_too_small_wherever_it_ends) {
  const std::string text = R"({"name":"kitchen","values":[1,2,3,{"deep":"text"}],"on":true})";
  (void)read(text);
  const std::size_t needed = arena_.metrics().used;
  for (std::size_t bytes = 0; bytes < needed; bytes += 8) {
    test::region small(bytes + 16);
    carver cut = small.carve();
    arena tight("decode", cut, bytes);
    value document;
    EXPECT_EQ(parse(text, tight, document), parse_error::too_large) << bytes;
    EXPECT_FALSE(document);
  }
}

TEST_F(values, say_that_the_arena_is_too_small_when_any_request_to_it_fails) {
  const std::string text = R"({"name":"kitchen","values":[1,2,3,{"deep":"text"}],"on":true})";
  std::uint32_t nth = 1;
  for (;; ++nth) {
    arena_.reset();
    value document;
    fault::arm(nth);
    const parse_error error = parse(text, arena_, document);
    if (fault::armed()) break;
    EXPECT_EQ(error, parse_error::too_large) << nth;
  }
  EXPECT_GT(nth, 10U);
}

TEST_F(values, need_about_what_they_say_for_each_value) {
  std::string text = "[0";
  for (int i = 1; i < 100; ++i) text += ",0";
  (void)read(text + "]");
  EXPECT_LE(arena_.metrics().used, 101 * 80U);
}

TEST_F(values, take_nothing_from_the_heap) {
  const std::string text = R"({"name":"kitchen","values":[1,2,3],"on":true})";
  (void)read(text);
  const test::heap_watch watch;
  for (int i = 0; i < 10; ++i) {
    arena_.reset();
    (void)read(text);
  }
  EXPECT_EQ(watch.allocations(), 0U);
}

/// An application's own memory for cJSON, as on FreeRTOS: a block begins with a mark of its own.
class own_memory {
 public:
  own_memory() {
    cJSON_Hooks hooks{&own_memory::take, &own_memory::give};
    cJSON_InitHooks(&hooks);
  }
  ~own_memory() { cJSON_InitHooks(nullptr); }
  own_memory(const own_memory&) = delete;
  own_memory& operator=(const own_memory&) = delete;
  [[nodiscard]] static int blocks() { return blocks_; }

 private:
  static constexpr std::size_t mark_bytes = alignof(std::max_align_t);
  static constexpr int mark = 0x5A5A;
  static void* take(std::size_t bytes) {
    auto* const block = static_cast<char*>(::operator new(mark_bytes + bytes));
    std::memcpy(block, &mark, sizeof mark);
    ++blocks_;
    return block + mark_bytes;
  }
  static void give(void* pointer) {
    if (pointer == nullptr) return;
    char* const block = static_cast<char*>(pointer) - mark_bytes;
    int seen = 0;
    std::memcpy(&seen, block, sizeof seen);
    EXPECT_EQ(seen, mark) << "of somebody else";
    --blocks_;
    ::operator delete(block);
  }
  static inline int blocks_ = 0;
};

TEST_F(values, leave_cjson_to_an_application_that_has_its_own_memory_for_it) {
  (void)read("1");
  const own_memory hooks;
  const std::unique_ptr<cJSON, void (*)(cJSON*)> before(cJSON_Parse(R"({"a":[1,2]})"),
                                                        &cJSON_Delete);
  const int taken = own_memory::blocks();
  const value document = read(R"({"b":["text",1.5]})");
  EXPECT_EQ(own_memory::blocks(), taken);
  const std::size_t used = arena_.metrics().used;
  const std::unique_ptr<cJSON, void (*)(cJSON*)> after(
      cJSON_Duplicate(document.member("b").item(), 1), &cJSON_Delete);
  EXPECT_EQ(cJSON_GetArraySize(after.get()), 2);
  EXPECT_GT(own_memory::blocks(), taken);
  EXPECT_EQ(arena_.metrics().used, used);
}

#if defined(MUSUBI_TEST_LOCALE)
TEST_F(values, do_not_depend_on_the_locale) {
  const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  ::setenv("LOCPATH", (here / "locale").c_str(), 1);
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  ASSERT_NE(std::setlocale(LC_NUMERIC, MUSUBI_TEST_LOCALE), nullptr) << "in " << here / "locale";
  ASSERT_STREQ(std::localeconv()->decimal_point, ",");

  EXPECT_EQ(read("1.5").number(), 1.5);
  EXPECT_EQ(read("[1.25,2]").first().next().integer(), 2);
  EXPECT_EQ(reader("1.5").number(), 1.5);
  char text[64];
  buffer_output into(text, sizeof text);
  writer out(into);
  out.number(1.5);
  EXPECT_EQ(into.view(), "1.5");

  std::setlocale(LC_NUMERIC, before.c_str());
}
#endif

/// The two documents are equal, of what cJSON can tell.
void expect_same(const cJSON* made, const cJSON* parsed) {
  for (; made != nullptr && parsed != nullptr; made = made->next, parsed = parsed->next) {
    ASSERT_EQ(made->type, parsed->type);
    EXPECT_EQ(made->valueint, parsed->valueint);
    EXPECT_EQ(made->valuedouble, parsed->valuedouble);
    EXPECT_STREQ(made->valuestring, parsed->valuestring);
    EXPECT_STREQ(made->string, parsed->string);
    EXPECT_TRUE(made->next == nullptr || made->next->prev == made);
    if (made->child != nullptr) {
      const cJSON* last = made->child;
      while (last->next != nullptr) last = last->next;
      EXPECT_EQ(made->child->prev, last);
    }
    expect_same(made->child, parsed->child);
  }
  EXPECT_TRUE(made == nullptr && parsed == nullptr);
}

TEST_F(values, are_the_items_that_cjson_makes_of_the_same_text) {
  test::random_json random(7);
  for (int i = 0; i < 2000; ++i) {
    arena_.reset();
    const std::string text = random.value();
    const std::unique_ptr<cJSON, void (*)(cJSON*)> parsed(
        cJSON_ParseWithLengthOpts(text.data(), text.size(), nullptr, 0), &cJSON_Delete);
    expect_same(read(text).item(), parsed.get());
    if (HasFailure()) FAIL() << text;
  }
}

TEST_F(values, may_be_nested_as_deep_as_a_text_that_is_read) {
  const std::string text =
      std::string(reader::max_depth, '[') + std::string(reader::max_depth, ']');
  value at = read(text);
  int depth = 0;
  for (; at; at = at.first()) ++depth;
  EXPECT_EQ(depth, reader::max_depth);
}

TEST_F(values, read_everything_that_is_well_formed) {
  test::random_json random(5);
  for (int i = 0; i < 2000; ++i) {
    arena_.reset();
    EXPECT_TRUE(read(random.value()));
  }
}

TEST(value_threads, parse_side_by_side_each_into_an_arena_of_its_own) {
  std::vector<std::thread> hosts;
  for (unsigned seed = 0; seed < 3; ++seed) {
    hosts.emplace_back([seed] {
      test::region memory(16384);
      carver cut = memory.carve();
      arena own("decode", cut, 16384);
      test::random_json random(seed);
      for (int i = 0; i < 1000; ++i) {
        own.reset();
        const std::string text = "[" + random.value() + "," + std::to_string(i) + "]";
        value document;
        ASSERT_EQ(parse(text, own, document), parse_error::none);
        ASSERT_EQ(document.first().next().integer(), i);
      }
    });
  }
  for (std::thread& host : hosts) host.join();
}

}  // namespace
}  // namespace musubi::json
