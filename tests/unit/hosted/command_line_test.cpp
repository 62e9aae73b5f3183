#include <cstdint>
#include <cstdio>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/async/clock.hpp>
#include <musubi/hosted/bind_address.hpp>
#include <musubi/hosted/command_line.hpp>

namespace musubi::program {
namespace {

using namespace std::chrono_literals;

struct command_line : testing::Test {
  std::uint16_t port = 4000;
  std::uint16_t cores = 1;
  std::int32_t offset = 0;
  double seconds = 0.5;
  bool open = false;
  std::string bind = "127.0.0.1";
  text<8> name = "cellar";
  duration timeout = 1s;
  log_level level = log_level::notice;
  std::string folder = "letters";
  std::string other;

  [[nodiscard]] std::vector<option> table() {
    return {{"--bind ADDRESS", bind, take_address, "listen on this address", bind},
            {"--port NUMBER", port, "listen on this port"},
            {"--cores NUMBER", between(cores, 1, 16), "serve from so many threads"},
            {"--offset NUMBER", between(offset, -5, 5), "added to each\nreading"},
            {"--seconds NUMBER", seconds, "between two readings"},
            {"--timeout MILLISECONDS", timeout, "for a handler"},
            {"--name TEXT", name, "what it is called"},
            {"--log-level LEVEL", level, "what is written"},
            {"--no-token", open, "let everybody in"},
            {"FOLDER", folder, "where files go"},
            {"OTHER", other, "where they come from"}};
  }
  outcome parse(std::vector<const char*> arguments) {
    const std::vector<option> options = table();
    return program::parse(arguments, options);
  }
  /// What is wrong; "" when nothing is.
  std::string wrong(std::vector<const char*> arguments) {
    const outcome made = parse(std::move(arguments));
    EXPECT_EQ(made.what == outcome::kind::wrong, !made.sentence.empty());
    return std::string(made.sentence.view());
  }
};

TEST_F(command_line, changes_nothing_when_it_is_empty) {
  EXPECT_EQ(wrong({}), "");
  EXPECT_EQ(port, 4000);
  EXPECT_EQ(bind, "127.0.0.1");
}

TEST_F(command_line, is_read_in_both_forms) {
  EXPECT_EQ(wrong({"--port", "80", "--cores=4", "--bind=::1", "--no-token", "--name", "a=b"}), "");
  EXPECT_EQ(port, 80);
  EXPECT_EQ(cores, 4);
  EXPECT_EQ(bind, "::1");
  EXPECT_TRUE(open);
  EXPECT_EQ(name.view(), "a=b");
}

TEST_F(command_line, sets_values_of_every_kind) {
  EXPECT_EQ(wrong({"--offset", "-5", "--seconds", "2.25", "--timeout", "1500", "--log-level",
                   "debug", "--bind", "localhost"}),
            "");
  EXPECT_EQ(offset, -5);
  EXPECT_EQ(seconds, 2.25);
  EXPECT_EQ(timeout, 1500ms);
  EXPECT_EQ(level, log_level::debug);
  EXPECT_EQ(bind, "127.0.0.1");
}

TEST_F(command_line, has_operands_in_their_order) {
  EXPECT_EQ(wrong({"in", "--port", "1", "out"}), "");
  EXPECT_EQ(folder, "in");
  EXPECT_EQ(other, "out");
  EXPECT_EQ(wrong({"a", "b", "c"}), "c: unexpected argument; see --help");
  EXPECT_EQ(wrong({"--", "--port"}), "");
  EXPECT_EQ(folder, "--port");
}

TEST_F(command_line, says_which_option_it_does_not_know) {
  EXPECT_EQ(wrong({"--prot", "80"}), "--prot: unknown option; see --help");
  EXPECT_EQ(wrong({"--prot=80"}), "--prot: unknown option; see --help");
  EXPECT_EQ(wrong({"-p"}), "-p: unknown option; see --help");
  EXPECT_EQ(wrong({"--por"}), "--por: unknown option; see --help");
  EXPECT_EQ(wrong({"--FOLDER"}), "--FOLDER: unknown option; see --help");
}

TEST_F(command_line, says_what_is_wrong_with_a_value) {
  for (const char* value : {"", "many", "80x", " 80", "+80", "0x50", "-1", "65536", "80.5",
                            "99999999999999999999999"}) {
    EXPECT_EQ(wrong({"--port", value}), "--port: not a number from 0 to 65535") << value;
  }
  EXPECT_EQ(wrong({"--cores", "0"}), "--cores: not a number from 1 to 16");
  EXPECT_EQ(wrong({"--cores", "17"}), "--cores: not a number from 1 to 16");
  EXPECT_EQ(wrong({"--offset", "-6"}), "--offset: not a number from -5 to 5");
  EXPECT_EQ(wrong({"--offset", "6"}), "--offset: not a number from -5 to 5");
  EXPECT_EQ(wrong({"--seconds", "soon"}), "--seconds: not a number");
  EXPECT_EQ(wrong({"--timeout", "1.5"}), "--timeout: not a number from 0 to 4294967295");
  EXPECT_EQ(wrong({"--name", "much too long"}), "--name: longer than 8 bytes");
  EXPECT_EQ(wrong({"--name="}), "--name: empty");
  EXPECT_EQ(wrong({"--log-level", "loud"}),
            "--log-level: not one of error, warning, notice, info, debug, none");
  EXPECT_EQ(port, 4000);
  EXPECT_EQ(cores, 1);
  EXPECT_EQ(name.view(), "cellar");
}

TEST_F(command_line, says_that_a_name_is_not_an_address) {
  for (const char* value : {"", "nonsense", "example.org", "1.2.3", "1.2.3.4.5", "[::1]", "::1:"}) {
    EXPECT_EQ(wrong({"--bind", value}), "--bind: not an IP address") << value;
  }
  for (const char* value : {"0.0.0.0", "192.0.2.7", "::", "2001:db8::7"}) {
    EXPECT_EQ(wrong({"--bind", value}), "") << value;
  }
}

TEST_F(command_line, says_which_value_is_missing_or_too_much) {
  EXPECT_EQ(wrong({"--port"}), "--port: needs a value");
  EXPECT_EQ(wrong({"--no-token=yes"}), "--no-token: takes no value");
}

TEST_F(command_line, cuts_what_it_repeats) {
  const std::string long_name = "--" + std::string(5000, 'x');
  EXPECT_EQ(wrong({long_name.c_str()}), long_name.substr(0, 64) + ": unknown option; see --help");
}

TEST_F(command_line, asks_for_help_or_the_version) {
  EXPECT_EQ(parse({"--help"}).what, outcome::kind::help);
  EXPECT_EQ(parse({"--port", "1", "-h", "--bogus"}).what, outcome::kind::help);
  EXPECT_EQ(parse({"--version"}).what, outcome::kind::version);
}

TEST_F(command_line, is_explained_with_what_holds_by_default) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* const to = ::open_memstream(&text, &size);
  ASSERT_NE(to, nullptr);
  cores = 2;
  const std::vector<option> options = table();
  print_help(to, "example", "Shows how this looks.", options);
  std::fclose(to);
  EXPECT_EQ(std::string(text, size),
            "Shows how this looks.\n"
            "\n"
            "usage: example [OPTION]... [FOLDER] [OTHER]\n"
            "\n"
            "  --bind ADDRESS          listen on this address (127.0.0.1)\n"
            "  --port NUMBER           listen on this port (4000)\n"
            "  --cores NUMBER          serve from so many threads (2)\n"
            "  --offset NUMBER         added to each\n"
            "                          reading (0)\n"
            "  --seconds NUMBER        between two readings (0.5)\n"
            "  --timeout MILLISECONDS  for a handler (1000)\n"
            "  --name TEXT             what it is called (cellar)\n"
            "  --log-level LEVEL       what is written (notice)\n"
            "  --no-token              let everybody in\n"
            "  FOLDER                  where files go (letters)\n"
            "  OTHER                   where they come from\n"
            "  --help                  show this help and exit\n"
            "  --version               show the version and exit\n");
  std::free(text);
}

TEST(name_of_program, is_the_end_of_its_path) {
  const char* const path[] = {"build/demo/bin/counter", nullptr};
  EXPECT_EQ(name_of(path), "counter");
  const char* const plain[] = {"counter", nullptr};
  EXPECT_EQ(name_of(plain), "counter");
  const char* const none[] = {nullptr};
  EXPECT_EQ(name_of(none), "musubi");
}

}  // namespace
}  // namespace musubi::program
