#include <algorithm>

#include <musubi/mdns/internal/announcer.hpp>

namespace musubi::mdns {

void announcer::go_on(time_point now) noexcept {
  if (is_lost_) {
    is_lost_ = false;
    with_.close();
    // Who has only restarted is there again at once.
    if (was_published_) {
      again_ = now;
      state_ = state::closed;
    } else {
      pause_from(now, state::closed);
    }
    was_published_ = false;
  }
  if (state_ == state::closed && now >= again_) open(now);
  if (state_ == state::waiting && now >= again_) state_ = state::ready;
  // Each may be followed by the next, without an event from outside.
  while (state_ == state::ready || state_ == state::collided) {
    if (state_ == state::collided) take_next_name(now);
    if (state_ == state::ready) publish();
  }
  if (state_ == state::refused) {
    say_why(why_);
    pause_from(now, state::waiting);
  }
}

std::optional<time_point> announcer::due() const noexcept {
  if (is_lost_) return time_point();
  switch (state_) {
    case state::closed:
    case state::waiting:
      return again_;
    case state::ready:
    case state::collided:
    case state::refused:
      return time_point();
    case state::absent:
    case state::publishing:
    case state::published:
      break;
  }
  return std::nullopt;
}

void announcer::rename(const service_name& name) noexcept {
  if (name == wanted_) return;
  wanted_ = name_ = name;
  names_tried_ = 0;
  const bool is_open = state_ != state::closed && state_ != state::absent;
  if (is_open && !is_lost_) state_ = state::ready;
}

void announcer::open(time_point now) noexcept {
  state_ = state::absent;  // unless an event tells otherwise
  const reason wrong = with_.open(*this);
  if (wrong.empty()) return;
  say_why(wrong);
  pause_from(now, state::closed);
}

void announcer::publish() noexcept {
  state_ = state::publishing;
  const reason wrong = with_.publish(name_, what_);
  if (!wrong.empty()) on_refused(wrong);
}

void announcer::take_next_name(time_point now) noexcept {
  const service_name taken = name_;
  if (++names_tried_ % names_at_once == 0) {
    name_ = wanted_;
    say_why("every name that was tried belongs to another device");
    return pause_from(now, state::waiting);
  }
  name_ = next_name(taken);
  say(log_level::notice, text<255>::clipped("mdns: another device is called \"", taken.view(),
                                            "\"; trying \"", name_.view(), "\""));
  state_ = state::ready;
}

void announcer::pause_from(time_point now, state then) noexcept {
  again_ = now + pause_;
  pause_ = std::min<duration>(pause_ * 2, longest_pause);
  state_ = then;
}

/// Not twice in a row: who tries again every minute has nothing new to tell.
void announcer::say(log_level level, std::string_view line) noexcept {
  if (line == said_.view()) return;
  said_ = text<255>::clipped(line);
  log_.say(level, said_);
}

void announcer::say_why(std::string_view why) noexcept {
  say(log_level::notice, text<255>::clipped("mdns: not announced: ", why));
}

void announcer::on_ready(std::string_view host) noexcept {
  if (is_lost_) return;
  state_ = state::ready;
  if (host == host_.view()) return;
  if (!host_.empty()) {
    say(log_level::notice, text<255>::clipped("mdns: this machine is found as ", host,
                                              " now, instead of ", host_.view()));
  }
  host_ = text<255>::clipped(host);
  log_.is_found_as(host_);
}

void announcer::on_absent(std::string_view why) noexcept {
  if (is_lost_) return;
  state_ = state::absent;
  if (!why.empty() && !was_lost_) say_why(why);
}

void announcer::on_lost(std::string_view why) noexcept {
  if (is_lost_ || state_ == state::closed) return;
  is_lost_ = was_lost_ = true;
  was_published_ = was_published_ || state_ == state::published;
  say(log_level::warning, text<255>::clipped("mdns: not announced any more: ", why));
}

void announcer::on_published() noexcept {
  if (is_lost_ || state_ != state::publishing) return;
  state_ = state::published;
  was_published_ = true;
  was_lost_ = false;
  names_tried_ = 0;
  pause_ = shortest_pause;
  say(log_level::notice, text<255>::clipped("mdns: announced as \"", name_.view(), "\", ",
                                            what_.secure ? "https://" : "http://", host_.view(),
                                            ":", std::uint32_t{what_.port}, "/"));
}

void announcer::on_collision() noexcept {
  if (is_lost_) return;
  if (state_ == state::publishing || state_ == state::published) state_ = state::collided;
}

void announcer::on_refused(std::string_view why) noexcept {
  if (is_lost_) return;
  if (state_ != state::publishing && state_ != state::published) return;
  why_ = reason::clipped(why);
  state_ = state::refused;
}

}  // namespace musubi::mdns
