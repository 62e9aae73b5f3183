#pragma once
// The first page: how many polls there are, and one card for each.
#include "../polls.hpp"

#include <cstdint>
#include <string_view>

namespace poll_app {

struct dashboard_header {
  static constexpr std::string_view module = "PollApp.DashboardHeader";
  std::int32_t active_count;
  std::int32_t closed_count;
  std::int32_t total_count;
};
struct poll_summary {
  static constexpr std::string_view module = "PollApp.PollSummary";
  slug id;
  musubi::text<40> title;
  poll_status status;
  std::int32_t total_votes;
  std::int32_t option_count;
};

struct dashboard_store {
  static constexpr std::string_view module = "PollApp.Stores.DashboardStore";

  struct State {
    dashboard_header header;
    musubi::stream<poll_summary> polls;
  };

  musubi::status mount(musubi::context& ctx) {
    const auto cards = ctx.stream<&State::polls>();
    cards.reset();
    for (const poll& each : the_polls.all) cards.insert(summary(each));
    return ctx.subscribe(*this, poll_updates);
  }
  // Replaces the card of this poll, in its place.
  void handle_info(const poll_updated& updated, musubi::context& ctx) {
    const poll* const changed = the_polls.find(updated.poll_id);
    if (changed == nullptr) return;
    const auto place = static_cast<std::int32_t>(changed - the_polls.all.begin());
    ctx.stream<&State::polls>().insert(summary(*changed), {.at = place});
  }
  State render() const {
    const auto total = static_cast<std::int32_t>(the_polls.all.size());
    const std::int32_t closed = the_polls.closed();
    return {{total - closed, closed, total}, {}};
  }

 private:
  static poll_summary summary(const poll& of) {
    return {of.id, of.title, of.status, of.total_votes(),
            static_cast<std::int32_t>(of.options.size())};
  }
};

}  // namespace poll_app
