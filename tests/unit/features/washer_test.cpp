/// Unions through a whole page: State, payloads, items of a stream, props of a child.

#include "washer.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include <musubi/testkit/mounted.hpp>

namespace {

class a_washer : public testing::Test {
 protected:
  musubi::testkit::mounted<washer> page;
};

TEST_F(a_washer, washes_what_it_is_told) {
  EXPECT_TRUE(page.dispatch(washer::Start{cotton{.celsius = 60}}).ok);
  EXPECT_EQ(std::get<washing>(page.state().phase).celsius, 60);
}

TEST_F(a_washer, says_another_phase_key_by_key_and_keeps_the_phase_that_was_in_its_history) {
  (void)page.take_envelopes();
  (void)page.dispatch(washer::Start{wool{}});
  (void)page.dispatch(washer::Jam{"the door"});
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 2U);
  const auto says = [](std::string_view envelope, std::string_view part) {
    return envelope.find(part) != std::string_view::npos;
  };
  EXPECT_TRUE(says(sent[1], R"({"op":"remove","path":"/phase/celsius"},)"
                            R"({"op":"add","path":"/phase/why","value":"the door"},)"
                            R"({"op":"replace","path":"/phase/is","value":"stuck"})"))
      << sent[1];
  EXPECT_TRUE(says(sent[0], R"("item":{"id":1,"phase":{"is":"washing","celsius":30}})")) << sent[0];
  EXPECT_TRUE(says(sent[1], R"("item":{"id":2,"phase":{"is":"stuck","why":"the door"}})"))
      << sent[1];
}

TEST_F(a_washer, keeps_each_phase_in_its_history_as_what_it_was) {
  (void)page.dispatch(washer::Start{wool{}});
  (void)page.dispatch(washer::Open{});
  const auto items = page.items<&washer::State::history>();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(std::get<washing>(items[0].phase).celsius, 30);
  EXPECT_TRUE(std::holds_alternative<idle>(items[1].phase));
}

TEST_F(a_washer, tells_its_display_each_phase_and_nothing_when_it_stays_the_same) {
  const auto shown = [&] { return page.state_of<washer_display>("display")->line; };
  EXPECT_EQ(shown(), "ready");
  (void)page.dispatch(washer::Start{cotton{.celsius = 60}});
  EXPECT_EQ(shown(), "hot");
  (void)page.dispatch(washer::Jam{"the door"});
  EXPECT_EQ(shown(), "the door");
  (void)page.take_envelopes();
  (void)page.dispatch(washer::Jam{"the door"});
  EXPECT_EQ(page.take_envelopes().back().find("display"), std::string::npos);
}

TEST_F(a_washer, refuses_a_load_that_fits_nothing_with_the_field_and_what_would_fit) {
  const auto refusal = [&](std::string_view payload) { return page.send("start", payload).body; };
  EXPECT_EQ(
      refusal(R"({"load":{"fabric":"silk"}})"),
      R"({"reason":"invalid payload","field":"load.fabric","expected":"one of cotton, wool"})");
  EXPECT_EQ(
      refusal(R"({"load":{"celsius":60}})"),
      R"({"reason":"invalid payload","field":"load.fabric","expected":"one of cotton, wool"})");
  EXPECT_EQ(refusal(R"({"load":"wool"})"),
            R"({"reason":"invalid payload","field":"load","expected":"object"})");
  EXPECT_EQ(refusal(R"({"load":{"fabric":"cotton","celsius":"hot"}})"),
            R"({"reason":"invalid payload","field":"load.celsius","expected":"integer"})");
  EXPECT_TRUE(std::holds_alternative<idle>(page.state().phase));
}

TEST_F(a_washer, refuses_a_field_within_the_load_in_its_own_words) {
  const auto answer = page.dispatch(washer::Start{cotton{.celsius = 95}});
  EXPECT_EQ(answer.field(), "load.celsius");
  EXPECT_EQ(answer.reason(), "at most 90 °C");
}

}  // namespace
