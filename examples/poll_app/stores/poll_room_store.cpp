#include "poll_room_store.hpp"

#include <chrono>

namespace poll_app {

namespace {

// A real program would query a database in these two tasks.
musubi::task<musubi::result<poll_room_store::own_vote>> look_up_vote(const poll& in, voter who) {
  co_await musubi::sleep(std::chrono::milliseconds(300));
  const poll_option* const found = in.vote_of(who);
  co_return found == nullptr ? poll_room_store::own_vote() : found->id;
}
musubi::task<musubi::result<counted_vote>> cast_vote(poll& in, voter who, slug option_id) {
  co_await musubi::sleep(musubi::duration::zero());
  if (const musubi::status cast = in.cast(who, option_id); !cast.ok()) co_return cast;
  poll_updates.publish({in.id});
  co_return counted_vote{option_id};
}

voter another_voter() {
  static std::uint32_t last = 0;
  return voter::clipped("voter-", ++last);
}

}  // namespace

musubi::status poll_room_store::mount(const Params& params, musubi::context& ctx) {
  shown = the_polls.find(params.poll_id);
  if (shown == nullptr) return musubi::refuse("there is no such poll", "poll_id");
  me = params.voter_id ? *params.voter_id : another_voter();
  show_options(ctx);
  const musubi::status subscribed = ctx.subscribe(*this, poll_updates);
  if (!subscribed.ok()) return subscribed;
  return ctx.assign_async<&poll_room_store::user_vote>(*this, look_up_vote(*shown, me));
}

// Answers at once. The vote is counted by a task, whose result arrives in `handle_async`.
musubi::result<poll_room_store::Vote::Reply> poll_room_store::handle(const Vote& command,
                                                                     musubi::context& ctx) {
  if (shown->status == poll_status::closed) return Vote::Reply{vote_status::closed};
  const poll_option* const wanted = shown->option(command.option_id);
  if (wanted == nullptr) return Vote::Reply{vote_status::unknown_option};
  if (shown->vote_of(me) == wanted) return Vote::Reply{vote_status::already_voted};
  const musubi::status started = ctx.start_async(*this, cast_vote(*shown, me, command.option_id));
  if (!started.ok()) return started;
  return Vote::Reply{vote_status::voted};
}

void poll_room_store::handle_async(const musubi::result<counted_vote>& done, musubi::context&) {
  if (done.ok()) {
    user_vote = musubi::async<own_vote>::ok(done->option_id);
    return;
  }
  user_vote.status = musubi::async_status::failed;  // and shows the vote before
  user_vote.reason = {musubi::async_reason::kind_of::error,
                      musubi::text<47>::clipped(done.error().reason())};
}

musubi::result<poll_room_store::ResetVote::Reply> poll_room_store::handle(const ResetVote&,
                                                                          musubi::context&) {
  if (shown->status == poll_status::closed) return musubi::refuse("the poll is closed");
  if (!shown->withdraw(me)) return ResetVote::Reply{reset_status::no_vote};
  user_vote = musubi::async<own_vote>::ok(std::nullopt);
  poll_updates.publish({shown->id});
  return ResetVote::Reply{reset_status::reset};
}

musubi::result<poll_room_store::ToggleStatus::Reply> poll_room_store::handle(const ToggleStatus&,
                                                                             musubi::context&) {
  const bool closing = shown->status == poll_status::active;
  shown->status = closing ? poll_status::closed : poll_status::active;
  poll_updates.publish({shown->id});
  return ToggleStatus::Reply{closing ? toggle_status::closed : toggle_status::active};
}

void poll_room_store::handle_info(const poll_updated& updated, musubi::context& ctx) {
  if (updated.poll_id == shown->id) show_options(ctx);
}

void poll_room_store::show_options(musubi::context& ctx) const {
  const auto options = ctx.stream<&State::options>();
  options.reset();
  options.insert_all(shown->options);
}

}  // namespace poll_app
