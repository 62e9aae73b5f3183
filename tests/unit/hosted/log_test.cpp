#include "unit/hosted/kept_lines.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/log.hpp>

namespace musubi {
namespace {

using test::kept_lines;
using lines = std::vector<std::string>;
using cause = request_refusal::cause;
using namespace std::chrono_literals;

constexpr std::string_view browser_address = "192.0.2.7:51234";
constexpr event_source home{"Home.Thermostat", "main", ""};

struct log_of_a_host : testing::Test {
  kept_lines kept;
  musubi::log log{log_level::notice, kept};
  musubi::log chatty{log_level::debug, kept};

  request_refusal refusal(cause why, std::string_view reason) {
    return {.why = why,
            .status = 403,
            .reason = reason,
            .peer = browser_address,
            .path = "/socket/websocket",
            .host = "gw.example",
            .origin = "https://evil.example"};
  }
};

TEST_F(log_of_a_host, says_in_one_line_where_it_listens) {
  constexpr std::string_view addresses[] = {"http://127.0.0.1:4000/"};
  log.on_listening({addresses});
  EXPECT_EQ(kept.take(), lines{"notice: listening on http://127.0.0.1:4000/"});
}

TEST_F(log_of_a_host, says_nothing_of_what_goes_well_unless_it_is_asked_to) {
  for (musubi::log* each : {&log, &chatty}) {
    each->on_connection_opened({browser_address, "/socket/websocket"});
    each->on_channel_join({"musubi:connection:Home.Thermostat:main", home});
    each->on_command_stop({home, "set_target", 1500us, true, ""});
    each->on_channel_terminate({"musubi:connection:Home.Thermostat:main", home, "left"});
    each->on_connection_closed({browser_address});
    if (each == &log) {
      EXPECT_EQ(kept.take(), lines{});
    }
  }
  const lines told{"info: opened 192.0.2.7:51234 \"/socket/websocket\"",
                   "info: mounted Home.Thermostat:main",
                   "debug: command \"set_target\" of Home.Thermostat:main: ok, 1.50 ms",
                   "info: unmounted Home.Thermostat:main: left", "info: closed 192.0.2.7:51234"};
  EXPECT_EQ(kept.take(), told);
  EXPECT_FALSE(log.follows_pages());  // what happens often costs nothing then
  EXPECT_TRUE(chatty.follows_pages());
}

TEST_F(log_of_a_host, says_which_origin_was_refused_and_for_which_host) {
  log.on_request_refused(refusal(cause::origin, "origin not allowed"));
  EXPECT_EQ(kept.take(),
            lines{"warning: refused 192.0.2.7:51234 \"/socket/websocket\": 403 origin not allowed; "
                  "Origin \"https://evil.example\"; Host \"gw.example\""});
}

TEST_F(log_of_a_host, says_which_host_was_refused) {
  log.on_request_refused(refusal(cause::host, "host not allowed"));
  EXPECT_EQ(kept.take(),
            lines{"warning: refused 192.0.2.7:51234 \"/socket/websocket\": 403 host not allowed; "
                  "Host \"gw.example\""});
}

TEST_F(log_of_a_host, says_that_a_token_was_refused) {
  log.on_request_refused(refusal(cause::token, "the token cannot be read"));
  log.on_request_refused(refusal(cause::attempts, "too many wrong tokens"));
  log.on_request_refused(refusal(cause::application, "unauthorized"));
  EXPECT_EQ(kept.take().size(), 3U);
}

TEST_F(log_of_a_host, leaves_the_noise_of_a_network_to_those_who_look_for_it) {
  log.on_request_refused(refusal(cause::malformed, "not HTTP"));
  log.on_connection_dropped({browser_address, "idle_timeout"});
  EXPECT_EQ(kept.take(), lines{});
  chatty.on_request_refused(refusal(cause::malformed, "not HTTP"));
  chatty.on_connection_dropped({browser_address, "idle_timeout"});
  EXPECT_EQ(kept.take().size(), 2U);
}

TEST_F(log_of_a_host, names_the_roots_that_there_are_where_another_is_asked_for) {
  constexpr std::string_view roots[] = {"Home.Thermostat", "Home.Installer"};
  channel_refused unknown{.peer = browser_address,
                          .topic = "musubi:connection:Home.Thermo:main",
                          .code = errc::refused,
                          .reason = "unknown root",
                          .module = "Home.Thermo",
                          .roots = roots};
  log.on_channel_refused(unknown);
  unknown.roots = std::span(roots).first(1);
  log.on_channel_refused(unknown);
  const lines told{
      "warning: mount refused for 192.0.2.7:51234: unknown root \"Home.Thermo\"; there "
      "are Home.Thermostat Home.Installer",
      "warning: mount refused for 192.0.2.7:51234: unknown root \"Home.Thermo\"; there "
      "is Home.Thermostat"};
  EXPECT_EQ(kept.take(), told);
}

TEST_F(log_of_a_host, says_why_a_mount_failed_which_the_browser_is_not_told) {
  log.on_channel_refused({.peer = browser_address,
                          .topic = "musubi:connection:Home.Thermostat:main",
                          .code = errc::failed,
                          .reason = "no sensor"});
  EXPECT_EQ(kept.take(), lines{"error: mount refused for 192.0.2.7:51234: no sensor; topic "
                               "\"musubi:connection:Home.Thermostat:main\""});
}

TEST_F(log_of_a_host, says_which_field_of_a_payload_was_wrong) {
  decode_error wrong;
  wrong.expect("integer");
  wrong.within("celsius");
  wrong.within(2U);
  wrong.within("schedule");
  log.on_payload_refused({home, "set_schedule", wrong});
  EXPECT_EQ(kept.take(),
            lines{"warning: payload refused for command set_schedule of Home.Thermostat:main: "
                  "schedule[2].celsius: expected integer"});
}

TEST_F(log_of_a_host, says_who_reached_the_end_of_a_share_without_saying_that_it_was_dropped) {
  log.on_share_exceeded({browser_address, "pages_per_peer"});
  EXPECT_EQ(kept.take(), lines{"warning: limit reached by 192.0.2.7:51234: pages_per_peer"});
}

TEST_F(log_of_a_host, says_which_limit_was_reached_and_how_often) {
  log.on_pool_exhausted({"pages", 16, 5});
  log.on_pool_exhausted({"connections", 8, 1});
  log.on_connection_dropped({browser_address, "backlog_bytes"});
  const lines told{"warning: limit reached: pages, 16 in all, 5 times",
                   "warning: limit reached: connections, 8 in all, 1 time",
                   "warning: dropped 192.0.2.7:51234: backlog_bytes"};
  EXPECT_EQ(kept.take(), told);
}

TEST_F(log_of_a_host, says_that_a_page_failed_as_an_error) {
  const status why = fail("out of paper");
  log.on_page_failed({home, why});
  const status full = exhausted("outgoing_blocks");
  log.on_page_failed({{"Home.Thermostat", "main", "\"hall\""}, full});
  const lines told{"error: page failed: Home.Thermostat:main: out of paper",
                   "error: page failed: Home.Thermostat:main[\"hall\"]: limit reached: "
                   "outgoing_blocks"};
  EXPECT_EQ(kept.take(), told);
}

TEST_F(log_of_a_host, writes_five_lines_of_a_kind_a_minute_and_then_their_number) {
  log.on_second(time_point(1s));
  for (int i = 0; i < 1000; ++i) log.on_request_refused(refusal(cause::origin, "no"));
  EXPECT_EQ(kept.take().size(), 5U);
  log.on_request_refused(refusal(cause::host, "no"));  // another kind
  EXPECT_EQ(kept.take().size(), 1U);
  log.on_second(time_point(60s));
  EXPECT_EQ(kept.take(), lines{});
  log.on_second(time_point(61s));
  EXPECT_EQ(kept.take(), lines{"warning: 995 more in the last minute: requests refused (Origin)"});
  log.on_second(time_point(122s));
  EXPECT_EQ(kept.take(), lines{});
}

TEST_F(log_of_a_host, cannot_be_made_to_write_a_line_by_a_peer) {
  request_refusal forged = refusal(cause::origin, "no");
  forged.path = "/\r\nnotice: all is well\x1b[2J\xE2\x80\xAE";
  forged.origin = "\"; Host \"trusted";
  log.on_request_refused(forged);
  EXPECT_EQ(kept.take(), lines{"warning: refused 192.0.2.7:51234 "
                               "\"/\\x0d\\x0anotice: all is well\\x1b[2J\\u202e\": 403 no; "
                               "Origin \"\\\"; Host \\\"trusted\"; Host \"gw.example\""});
}

TEST_F(log_of_a_host, takes_lines_of_the_application) {
  log.write(log_level::notice, {"the valve is at ", "40", " %"});
  log.write(log_level::debug, {"ticked"});
  EXPECT_EQ(kept.take(), lines{"notice: the valve is at 40 %"});
}

TEST_F(log_of_a_host, of_level_none_writes_nothing) {
  musubi::log silent{log_level::none, kept};
  const status why = fail("out of paper");
  silent.on_page_failed({home, why});
  silent.write(log_level::error, {"broken"});
  EXPECT_EQ(kept.take(), lines{});
}

}  // namespace
}  // namespace musubi
