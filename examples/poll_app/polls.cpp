#include "polls.hpp"

#include <algorithm>
#include <utility>

namespace poll_app {

const poll_option* poll::option(std::string_view wanted) const noexcept {
  const auto* const found = std::find_if(
      options.begin(), options.end(), [&](const poll_option& each) { return each.id == wanted; });
  return found == options.end() ? nullptr : found;
}

std::size_t poll::ballot_of(const voter& who) const noexcept {
  const auto* const found = std::find_if(ballots.begin(), ballots.end(),
                                         [&](const ballot& each) { return each.who == who; });
  return static_cast<std::size_t>(found - ballots.begin());
}

const poll_option* poll::vote_of(const voter& who) const noexcept {
  const std::size_t at = ballot_of(who);
  return at == ballots.size() ? nullptr : &options[ballots[at].option];
}

musubi::status poll::cast(const voter& who, std::string_view option_id) noexcept {
  const poll_option* const wanted = option(option_id);
  if (wanted == nullptr) return musubi::refuse("there is no such option", "option_id");
  if (status == poll_status::closed) return musubi::refuse("the poll is closed");
  const auto index = static_cast<std::uint8_t>(wanted - options.begin());

  const std::size_t at = ballot_of(who);
  if (at == ballots.size()) {
    if (!ballots.push_back({who, index})) return musubi::refuse("the ballot box is full");
  } else {
    --options[std::exchange(ballots[at].option, index)].vote_count;
  }
  ++options[index].vote_count;
  return {};
}

bool poll::withdraw(const voter& who) noexcept {
  const std::size_t at = ballot_of(who);
  if (at == ballots.size()) return false;
  --options[ballots[at].option].vote_count;
  ballots.erase(at);
  return true;
}

polls::polls() noexcept
    : all{poll{"food-poll",
               "What should we eat?",
               {poll_option{"tacos", "Tacos", 0}, poll_option{"pizza", "Pizza", 0},
                poll_option{"sushi", "Sushi", 0}, poll_option{"ramen", "Ramen", 0}}},
          poll{"lang-poll",
               "Favorite language?",
               {poll_option{"elixir", "Elixir", 0}, poll_option{"rust", "Rust", 0},
                poll_option{"typescript", "TypeScript", 0}}},
          poll{"editor-poll",
               "Best code editor?",
               {poll_option{"vscode", "VS Code", 0}, poll_option{"neovim", "Neovim", 0},
                poll_option{"helix", "Helix", 0}, poll_option{"zed", "Zed", 0}}},
          poll{"work-poll",
               "Remote or office?",
               {poll_option{"remote", "Remote", 0}, poll_option{"office", "Office", 0},
                poll_option{"hybrid", "Hybrid", 0}}},
          poll{"coffee-poll",
               "Coffee or tea?",
               {poll_option{"coffee", "Coffee", 0}, poll_option{"tea", "Tea", 0},
                poll_option{"water", "Neither — water", 0}}},
          poll{"season-poll",
               "Favorite season?",
               {poll_option{"spring", "Spring", 0}, poll_option{"summer", "Summer", 0},
                poll_option{"autumn", "Autumn", 0}, poll_option{"winter", "Winter", 0}}}} {}

poll* polls::find(std::string_view id) noexcept {
  poll* const found =
      std::find_if(all.begin(), all.end(), [&](const poll& each) { return each.id == id; });
  return found == all.end() ? nullptr : found;
}

std::int32_t polls::closed() const noexcept {
  return static_cast<std::int32_t>(std::count_if(
      all.begin(), all.end(), [](const poll& each) { return each.status == poll_status::closed; }));
}

}  // namespace poll_app
