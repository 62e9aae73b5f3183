/// How a message is spelt changes nothing, and what is changed in a message changes what it does.

#include "support/mirror.hpp"
#include "support/respelling.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace musubi::test {
namespace {

/// A string of a few characters, some of which have to be escaped.
std::string any_text(spelling_chance& chance, std::size_t most = 5) {
  static const std::string characters[] = {"a",
                                           "i",
                                           "d",
                                           "\"",
                                           "\\",
                                           "/",
                                           ":",
                                           "~",
                                           "\n",
                                           "\b",
                                           " ",
                                           ",",
                                           "\xC3\xA9",
                                           "\xF0\x9F\x8D\xB5",
                                           std::string(1, '\0')};
  std::string made;
  for (std::size_t i = chance.below(most + 1); i != 0; --i) {
    made += characters[chance.below(std::size(characters))];
  }
  return made;
}

spelt string_of(std::string text) {
  spelt made;
  made.what = spelt::kind::string;
  made.text = std::move(text);
  return made;
}
spelt scalar_of(std::string text) {
  spelt made;
  made.text = std::move(text);
  return made;
}
spelt array_of(std::vector<spelt> items) {
  spelt made;
  made.what = spelt::kind::array;
  made.items = std::move(items);
  return made;
}
spelt object_of(std::vector<std::pair<std::string, spelt>> members) {
  spelt made;
  made.what = spelt::kind::object;
  for (auto& [key, value] : members) {
    made.keys.push_back(key);
    made.items.push_back(value);
  }
  return made;
}
spelt frame_of(const std::string& join_ref, const std::string& ref, const std::string& topic,
               const std::string& event, spelt payload) {
  return array_of({string_of(join_ref), string_of(ref), string_of(topic), string_of(event),
                   std::move(payload)});
}
/// The member `key` of an object, or an empty scalar.
spelt member(const spelt& of, const std::string& key) {
  for (std::size_t i = 0; i < of.keys.size(); ++i) {
    if (of.keys[i] == key) return of.items[i];
  }
  return {};
}
spelt parsed(const std::string& message) {
  auto made = parse_spelling(message);
  EXPECT_TRUE(made) << message;
  return made.value_or(spelt());
}

/// A payload of the command echo that fits, in the order of its fields and its keys.
spelt any_image(spelling_chance& chance) {
  std::vector<spelt> items;
  for (std::size_t i = chance.below(4); i != 0; --i) items.push_back(string_of(any_text(chance)));
  std::vector<std::pair<std::string, spelt>> named;
  for (const char* key : {"", "a", "a\"", "b\n"}) {
    if (chance.one_in(2)) named.emplace_back(key, string_of(any_text(chance)));
  }
  static constexpr const char* modes[] = {"off", "eco", "comfort"};
  return object_of(
      {{"words", string_of(any_text(chance))},
       {"count", scalar_of(std::to_string(chance.below(100000)))},
       {"level", scalar_of(chance.one_in(2) ? "1.5" : "-7")},
       {"flag", scalar_of(chance.one_in(2) ? "true" : "false")},
       {"mode", string_of(modes[chance.below(3)])},
       {"pair",
        object_of({{"left", scalar_of("-3")},
                   {"right", chance.one_in(2) ? scalar_of("null") : string_of(any_text(chance))}})},
       {"items", array_of(std::move(items))},
       {"named", object_of(std::move(named))}});
}

/// A value that is like `value`, with something wrong in it.
spelt damaged(spelt value, spelling_chance& chance) {
  spelt* at = &value;
  while (!at->items.empty() && !chance.one_in(3)) at = &at->items[chance.below(at->items.size())];
  if (at->what == spelt::kind::object && !at->keys.empty()) {
    const std::size_t which = chance.below(at->keys.size());
    switch (chance.below(3)) {
      case 0:
        at->keys.push_back(at->keys[which]);
        at->items.push_back(at->items[which]);
        break;
      case 1:
        at->keys[which] += "x";
        break;
      default:
        for (int i = 0; i < 6; ++i) {
          at->keys.push_back("more" + std::to_string(i));
          at->items.push_back(scalar_of("null"));
        }
    }
  } else {
    static constexpr const char* scalars[] = {"null", "1e300", "true", "-0.5", "9007199254740992"};
    *at = chance.one_in(3) ? string_of(std::string(30, 'x'))
                           : scalar_of(scalars[chance.below(std::size(scalars))]);
  }
  return value;
}

class json_spelling : public testing::TestWithParam<int> {
 protected:
  spelling_chance chance{static_cast<std::uint64_t>(GetParam())};
};

TEST_P(json_spelling, of_a_conversation_changes_no_answer) {
  const std::string id = any_text(chance) + "m";
  const std::string topic = "musubi:connection:" + any_text(chance);
  const std::string leaf = any_text(chance) + "l";
  std::vector<spelt> frames{
      frame_of("1", "1", topic, "phx_join",
               object_of({{"module", string_of("Test.Mirror")},
                          {"id", string_of(id)},
                          {"params", object_of({{"label", string_of(any_text(chance))},
                                                {"leaves", array_of({string_of(leaf)})}})}}))};
  const auto command = [&](std::vector<spelt> store_id, const std::string& name, spelt payload) {
    return frame_of("1", std::to_string(frames.size()) + any_text(chance, 1), topic, "command",
                    object_of({{"name", string_of(name)},
                               {"store_id", array_of(std::move(store_id))},
                               {"payload", std::move(payload)}}));
  };
  for (int i = 0; i < 6; ++i) {
    spelt image = any_image(chance);
    if (chance.one_in(2)) image = damaged(std::move(image), chance);
    frames.push_back(command({}, "echo", object_of({{"image", std::move(image)}})));
  }
  frames.push_back(command({string_of("leaves"), string_of(leaf)}, "hit",
                           object_of({{"by", string_of(any_text(chance))}})));
  for (int i = 0; i < 6; ++i) {
    frames.push_back(damaged(frames[chance.below(frames.size())], chance));
  }
  std::vector<std::string> plain;
  for (const spelt& each : frames) plain.push_back(spell_plainly(each));
  const std::vector<std::string> answers = reflected(plain);
  EXPECT_GT(answers.size(), 8U);
  for (int i = 0; i < 3; ++i) {
    std::vector<std::string> other;
    for (const spelt& each : frames) other.push_back(spell(each, chance));
    ASSERT_EQ(reflected(other), answers) << testing::PrintToString(other);
  }
}

TEST_P(json_spelling, of_an_id_is_one_value_to_who_admits_it_to_the_store_and_to_the_browser) {
  const std::string id = any_text(chance) + "m";
  const std::string topic = "musubi:connection:" + (chance.one_in(2) ? id : any_text(chance));
  const std::string ref = any_text(chance) + "1";
  const std::vector<std::string> said = reflected(
      {spell(frame_of(ref, ref, topic, "phx_join",
                      object_of({{"module", string_of("Test.Mirror")}, {"id", string_of(id)}})),
             chance)});
  ASSERT_EQ(said.size(), 2U);
  const spelt reply = parsed(said[0]);
  EXPECT_EQ(reply.items[0].text, ref);
  EXPECT_EQ(reply.items[1].text, ref);
  EXPECT_EQ(reply.items[2].text, topic);
  EXPECT_EQ(member(member(reply.items[4], "response"), "root_id").text, "Test.Mirror:" + id);
  const spelt envelope = parsed(said[1]).items[4];
  EXPECT_EQ(member(envelope, "root_id").text, "Test.Mirror:" + id);
  const spelt state = member(member(envelope, "ops").items[0], "value");
  EXPECT_EQ(member(state, "id").text, id);
  EXPECT_EQ(member(state, "admitted").text, id);
  EXPECT_EQ(member(state, "topic").text, topic);
}

TEST_P(json_spelling, of_a_payload_reaches_the_handler_as_the_value_that_it_is) {
  const spelt image = any_image(chance);
  const std::string join = spell_plainly(
      frame_of("1", "1", "musubi:connection:m", "phx_join",
               object_of({{"module", string_of("Test.Mirror")}, {"id", string_of("m")}})));
  const std::vector<std::string> said =
      reflected({join, spell(frame_of("1", "2", "musubi:connection:m", "command",
                                      object_of({{"name", string_of("echo")},
                                                 {"payload", object_of({{"image", image}})}})),
                             chance)});
  ASSERT_EQ(said.size(), 3U);
  const spelt response = member(parsed(said[2]).items[4], "response");
  EXPECT_EQ(spell_plainly(member(response, "image")), spell_plainly(image));
}

INSTANTIATE_TEST_SUITE_P(seeds, json_spelling, testing::Range(1, 41));

TEST(json_spelling_of_a_join, cannot_be_shown_to_handle_join_as_another_than_the_store_becomes) {
  for (const std::string keys :
       {R"("id":"secret","\u0069d":"mine")", R"("id":"mine","id":"secret")",
        R"("\u0069d":"secret","id":"mine")"}) {
    const std::vector<std::string> said = reflected(
        {R"(["1","1","musubi:connection:m","phx_join",{"module":"Test.Mirror",)" + keys + "}]"});
    ASSERT_EQ(said.size(), 1U) << keys;
    EXPECT_NE(said[0].find(R"({"reason":"invalid params","field":"id","expected":"given once"})"),
              std::string::npos)
        << said[0];
  }
}

TEST(json_spelling_of_a_join, with_its_key_spelt_otherwise_is_a_join) {
  const std::vector<std::string> said = reflected(
      {R"(["1","1","musubi:connection:m","phx_join",{"module":"Test.Mirror","\u0069d":"m"}])"});
  ASSERT_EQ(said.size(), 2U);
  EXPECT_NE(said[0].find(R"("root_id":"Test.Mirror:m")"), std::string::npos);
}

}  // namespace
}  // namespace musubi::test
