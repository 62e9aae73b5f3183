#pragma once
// The polls, shared by all browsers. They are kept in memory: a restart begins with no votes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

namespace poll_app {

using slug = musubi::text<24>;   // the id of a poll or of an option: "food-poll", "tacos"
using voter = musubi::text<40>;  // who votes

enum class poll_status : std::uint8_t { active, closed };

struct poll_option {
  static constexpr std::string_view module = "PollApp.PollOption";
  slug id;
  musubi::text<32> label;
  std::int32_t vote_count;
};

struct ballot {
  voter who;
  std::uint8_t option;  // its index
};

/// One poll, with what everybody voted.
struct poll {
  /// A further voter is refused; those who have voted can still change their vote.
  static constexpr std::size_t most_votes = 500;

  slug id;
  musubi::text<40> title;
  musubi::list<poll_option, 6> options;
  poll_status status = poll_status::active;
  musubi::list<ballot, most_votes> ballots = {};

  [[nodiscard]] const poll_option* option(std::string_view wanted) const noexcept;
  [[nodiscard]] std::int32_t total_votes() const noexcept {
    return static_cast<std::int32_t>(ballots.size());
  }
  /// The option that `who` voted for; null if there is none.
  [[nodiscard]] const poll_option* vote_of(const voter& who) const noexcept;
  /// Votes, or changes the vote.
  musubi::status cast(const voter& who, std::string_view option_id) noexcept;
  /// Returns false when there was no vote.
  bool withdraw(const voter& who) noexcept;

 private:
  [[nodiscard]] std::size_t ballot_of(const voter& who) const noexcept;
};

struct polls {
  polls() noexcept;  // six, without votes
  [[nodiscard]] poll* find(std::string_view id) noexcept;
  [[nodiscard]] std::int32_t closed() const noexcept;

  musubi::list<poll, 6> all;
};
inline polls the_polls;

/// Published after every change of a poll.
struct poll_updated {
  slug poll_id;
};
inline musubi::topic<poll_updated> poll_updates;

}  // namespace poll_app
