#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/output.hpp>
#include <musubi/store/command/internal/command_message.hpp>

namespace musubi {
namespace {

/// A text, and the command that was read from it.
struct read_from {
  explicit read_from(std::string_view from)
      : text(from), outcome(command_message::read(text, command, error)) {}
  std::string text;
  command_message command;
  decode_error error;
  command_message::outcome outcome;
};

TEST(a_command_message, names_its_parts) {
  const read_from read(
      R"({"store_id": ["lines", "line-2"], "name": "set_qty", "payload": {"qty": 3}})");
  ASSERT_EQ(read.outcome, command_message::outcome::ok);
  EXPECT_EQ(read.command.name, "set_qty");
  EXPECT_EQ(read.command.store_id, R"(["lines", "line-2"])");
  EXPECT_EQ(read.command.payload, R"({"qty": 3})");
}

TEST(a_command_message, has_defaults_for_store_id_and_payload) {
  const read_from read(R"({"name":"go","root_id":"left over"})");
  ASSERT_EQ(read.outcome, command_message::outcome::ok);
  EXPECT_EQ(read.command.store_id, "[]");
  EXPECT_EQ(read.command.payload, "{}");
}

TEST(a_command_message, is_the_same_in_every_spelling) {
  const read_from read(R"({ "p\u0061yload":{"a":1},"\u006eame" : "\u0067o" })");
  ASSERT_EQ(read.outcome, command_message::outcome::ok);
  EXPECT_EQ(read.command.name, "go");
  EXPECT_EQ(read.command.payload, R"({"a":1})");
}

TEST(a_command_message, is_told_what_is_missing) {
  for (const auto* text :
       {"{}", R"({"name":""})", R"({"name":null})", R"({"name":["x"]})", R"({"name":1})",
        R"({"payload":{}})", R"({"name":"x","store_id":null})", R"({"name":"x","store_id":"[]"})",
        R"({"name":"x","payload":[]})", R"({"name":"x","payload":"{}"})"}) {
    EXPECT_EQ(read_from(text).outcome, command_message::outcome::missing_field) << text;
  }
}

TEST(a_command_message, is_refused_when_a_part_is_given_twice) {
  for (const auto* text : {R"({"name":"a","store_id":[],"store_id":[]})",
                           R"({"store_id":["x"],"name":"a","\u0073tore_id":[]})"}) {
    const read_from read(text);
    EXPECT_EQ(read.outcome, command_message::outcome::invalid_payload) << text;
    char room[64];
    json::buffer_output out(room, sizeof room);
    json::writer to(out);
    read.error.write_field(to);
    EXPECT_EQ(out.view(), "store_id");
    EXPECT_EQ(read.error.expected(), "given once");
  }
}

TEST(a_command_message, is_the_same_when_its_members_were_noted) {
  for (const auto* from :
       {R"({"store_id":[],"name":"go","payload":{"a":1}})", R"({"name":"go"})",
        R"({"store_id":["a",1],"name":"go","payload":{"a":{"b":[]}}})",
        R"({"store_id":{},"name":"go","payload":{}})", R"({"store_id":[],"name":"","payload":{}})",
        R"({"store_id":[],"name":"go","payload":[]})",
        R"({"store_id":[],"name":"go","payload":{},"payload":{}})",
        R"({"store_id":[],"name":"g\"o","payload":{}})",
        R"({"payload":{"b":{}},"name":"g\u006f","store_id":["x"]})", R"({"n\u0061me":"go"})",
        R"({"name":"a","name":"b"})", R"({"name":"a","store_id":[],"store_id":[]})", "{}",
        R"({"name":1})", R"({"a":1,"b":2,"c":3,"d":4,"name":"go"})", R"({"name":"x","payload":[]})",
        R"({"a":1,"b":2,"name":"x","payload":{},"payload":{}})"}) {
    const read_from plain(from);
    std::string text(from);
    json::outline parts;
    ASSERT_EQ(json::reader(text).raw(parts), text);
    command_message command;
    decode_error error;
    EXPECT_EQ(command_message::read(text, parts, command, error), plain.outcome) << from;
    EXPECT_EQ(command.name, plain.command.name) << from;
    EXPECT_EQ(command.store_id, plain.command.store_id) << from;
    EXPECT_EQ(command.payload, plain.command.payload) << from;
    EXPECT_EQ(error.expected(), plain.error.expected()) << from;

    text = from;  // the name was decoded in it
    const char* const end = text.data() + text.size();
    if (command_message::usual(text.data(), end, parts) == nullptr) continue;
    command_message shortly;
    decode_error shortly_error;
    EXPECT_EQ(command_message::read(text, parts, shortly, shortly_error), plain.outcome) << from;
    EXPECT_EQ(shortly.name, plain.command.name) << from;
    EXPECT_EQ(shortly.store_id, plain.command.store_id) << from;
    EXPECT_EQ(shortly.payload, plain.command.payload) << from;
    EXPECT_EQ(shortly_error.expected(), plain.error.expected()) << from;
  }
}

}  // namespace
}  // namespace musubi
