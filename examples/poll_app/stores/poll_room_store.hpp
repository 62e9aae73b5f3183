#pragma once
// The page of one poll: its options with their votes, and what this browser voted.
#include "../polls.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace poll_app {

struct poll_detail {
  static constexpr std::string_view module = "PollApp.PollDetail";
  slug id;
  musubi::text<40> title;
  poll_status status;
  std::int32_t total_votes;
};
/// The result of a vote that was counted.
struct counted_vote {
  slug option_id;
};

enum class vote_status : std::uint8_t { voted, already_voted, closed, unknown_option };
enum class reset_status : std::uint8_t { reset, no_vote };
enum class toggle_status : std::uint8_t { active, closed, not_found };

struct poll_room_store {
  static constexpr std::string_view module = "PollApp.Stores.PollRoomStore";
  using own_vote = std::optional<slug>;

  struct Params {
    slug poll_id;
    /// A browser that passes the same name again has the same vote, also after a reload. Without a
    /// name, every mount is another voter.
    std::optional<voter> voter_id;
  };
  struct State {
    poll_detail poll;
    musubi::stream<poll_option> options;
    musubi::async<own_vote> user_vote;  // the id of an option; null: no vote
  };
  struct Vote {
    slug option_id;
    struct Reply {
      vote_status status;
    };
  };
  struct ResetVote {
    struct Reply {
      reset_status status;
    };
  };
  struct ToggleStatus {
    struct Reply {
      toggle_status status;
    };
  };
  using commands = musubi::commands<Vote, ResetVote, ToggleStatus>;

  musubi::status mount(const Params& params, musubi::context& ctx);
  musubi::result<Vote::Reply> handle(const Vote& command, musubi::context& ctx);
  void handle_async(const musubi::result<counted_vote>& done, musubi::context& ctx);
  musubi::result<ResetVote::Reply> handle(const ResetVote& command, musubi::context& ctx);
  musubi::result<ToggleStatus::Reply> handle(const ToggleStatus& command, musubi::context& ctx);
  void handle_info(const poll_updated& updated, musubi::context& ctx);
  [[nodiscard]] State render() const {
    return {{shown->id, shown->title, shown->status, shown->total_votes()}, {}, user_vote};
  }

  musubi::async<own_vote> user_vote;

 private:
  void show_options(musubi::context& ctx) const;

  poll* shown = nullptr;
  voter me;
};

}  // namespace poll_app
