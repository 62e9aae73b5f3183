#include "stores/poll_room_store.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace poll_app {
namespace {

using musubi::async_status;
using room = poll_room_store;
using page_type = musubi::testkit::mounted<room>;
constexpr std::chrono::seconds a_moment{1};

/// The votes of each option, as the browser shows them.
std::vector<std::int32_t> votes(const page_type& page) {
  std::vector<std::int32_t> counts;
  for (const auto& each : page.items<&room::State::options>()) counts.push_back(each.vote_count);
  return counts;
}
vote_status vote(page_type& page, const slug& option) {
  const auto answer = page.dispatch(room::Vote{option});
  page.advance(a_moment);
  return answer.as<room::Vote::Reply>()->status;
}

class a_poll_room : public testing::Test {
 protected:
  a_poll_room() { the_polls = polls(); }
};

TEST_F(a_poll_room, shows_its_poll_and_looks_up_the_vote) {
  page_type page({"coffee-poll", {}});
  EXPECT_EQ(page.state().poll.title, "Coffee or tea?");
  EXPECT_EQ(page.items<&room::State::options>()[2].label, "Neither — water");
  EXPECT_EQ(page.state().user_vote.status, async_status::loading);
  page.advance(a_moment);
  EXPECT_EQ(page.state().user_vote.status, async_status::ok);
  EXPECT_FALSE(page.state().user_vote.result->has_value());
}

TEST_F(a_poll_room, is_not_there_for_an_unknown_poll) {
  const page_type page({"tea-poll", {}});
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.reason(), "there is no such poll");
}

TEST_F(a_poll_room, answers_a_vote_before_it_is_counted) {
  page_type page({"coffee-poll", {}});
  page.advance(a_moment);
  (void)page.take_envelopes();
  EXPECT_EQ(vote(page, "tea"), vote_status::voted);
  EXPECT_EQ(votes(page), (std::vector<std::int32_t>{0, 1, 0}));
  EXPECT_EQ(page.state().user_vote.result, room::own_vote("tea"));
  EXPECT_EQ(page.state().poll.total_votes, 1);
}

TEST_F(a_poll_room, lets_a_voter_change_the_vote) {
  page_type page({"coffee-poll", {}});
  (void)vote(page, "tea");
  EXPECT_EQ(vote(page, "tea"), vote_status::already_voted);
  EXPECT_EQ(vote(page, "water"), vote_status::voted);
  EXPECT_EQ(votes(page), (std::vector<std::int32_t>{0, 0, 1}));
}

TEST_F(a_poll_room, lets_a_voter_remove_the_vote) {
  page_type page({"coffee-poll", {}});
  (void)vote(page, "tea");
  EXPECT_EQ(page.dispatch(room::ResetVote{}).as<room::ResetVote::Reply>()->status,
            reset_status::reset);
  EXPECT_EQ(votes(page), (std::vector<std::int32_t>{0, 0, 0}));
  EXPECT_FALSE(page.state().user_vote.result->has_value());
  EXPECT_EQ(page.dispatch(room::ResetVote{}).as<room::ResetVote::Reply>()->status,
            reset_status::no_vote);
}

TEST_F(a_poll_room, takes_no_vote_for_what_is_not_an_option) {
  page_type page({"coffee-poll", {}});
  EXPECT_EQ(vote(page, "beer"), vote_status::unknown_option);
  EXPECT_EQ(page.state().poll.total_votes, 0);
}

TEST_F(a_poll_room, keeps_its_votes_while_it_is_closed) {
  page_type page({"coffee-poll", {}});
  (void)vote(page, "tea");
  EXPECT_EQ(page.dispatch(room::ToggleStatus{}).as<room::ToggleStatus::Reply>()->status,
            toggle_status::closed);
  EXPECT_EQ(vote(page, "water"), vote_status::closed);
  EXPECT_EQ(page.dispatch(room::ResetVote{}).reason(), "the poll is closed");
  EXPECT_EQ(votes(page), (std::vector<std::int32_t>{0, 1, 0}));
  EXPECT_EQ(page.dispatch(room::ToggleStatus{}).as<room::ToggleStatus::Reply>()->status,
            toggle_status::active);
}

TEST_F(a_poll_room, is_the_same_in_every_browser) {
  page_type mine({"coffee-poll", "ada"});
  page_type yours({"coffee-poll", "bob"});
  (void)vote(mine, "tea");
  yours.advance(a_moment);
  EXPECT_EQ(votes(yours), votes(mine));
  EXPECT_FALSE(yours.state().user_vote.result->has_value());
}

TEST_F(a_poll_room, knows_a_voter_who_comes_back) {
  {
    page_type before({"coffee-poll", "ada"});
    (void)vote(before, "tea");
  }
  page_type after({"coffee-poll", "ada"});
  after.advance(a_moment);
  EXPECT_EQ(after.state().user_vote.result, room::own_vote("tea"));
}

TEST_F(a_poll_room, says_when_a_vote_could_not_be_counted) {
  poll& coffee = *the_polls.find("coffee-poll");
  for (std::size_t i = 0; i < poll::most_votes; ++i) {
    ASSERT_TRUE(coffee.cast(voter::clipped("voter of the test ", i), "tea").ok());
  }
  page_type page({"coffee-poll", {}});
  page.advance(a_moment);
  EXPECT_EQ(vote(page, "coffee"), vote_status::voted);
  EXPECT_EQ(page.state().user_vote.status, async_status::failed);
  EXPECT_EQ(page.state().user_vote.reason->value, "the ballot box is full");
  EXPECT_EQ(votes(page), (std::vector<std::int32_t>{0, 500, 0}));
}

}  // namespace
}  // namespace poll_app
