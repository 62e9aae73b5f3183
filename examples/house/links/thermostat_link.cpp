#include "thermostat_link.hpp"

#include <chrono>

#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>

namespace house {

namespace {

/// Whole seconds in the first minute, then whole minutes: nobody needs to know it better.
std::int32_t age_of(musubi::duration span) noexcept {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
  return static_cast<std::int32_t>(seconds < 60 ? seconds : seconds / 60 * 60);
}

climate seen_in(const home::thermostat::State& state) noexcept {
  climate seen{.temperature = state.temperature,
               .outside = state.outside,
               .target = state.target,
               .mode = state.mode,
               .heating = state.heating,
               .fault = {}};
  if (state.fault) seen.fault = musubi::text<63>::clipped(state.fault->view());
  return seen;
}

}  // namespace

thermostat_link::thermostat_link(musubi::remote_server& server, zone& shown) noexcept
    : zone_(shown), thermostat_(server, "house") {
  zone_.address = musubi::text<80>::clipped(server.host());
  zone_.controls = this;
}

musubi::task<> thermostat_link::run() {
  musubi::task_group aside;
  (void)aside.spawn(count_age());
  for (;;) {
    publish();
    co_await thermostat_.changed();
  }
}

musubi::task<> thermostat_link::count_age() {
  using namespace std::chrono_literals;
  for (;;) {
    co_await musubi::sleep(1s);
    if (!thermostat_.live()) publish();
  }
}

void thermostat_link::publish() noexcept {
  const musubi::time_point now = musubi::runtime::current()->now();
  zone_state next = zone_.state.get();
  next.link = contact_now();
  next.why = musubi::text<127>::clipped(thermostat_.why());
  next.age.reset();
  if (next.link == contact::live) {
    heard_ = now;
    next.last = seen_in(thermostat_.state());
  } else if (next.last) {
    next.age = age_of(now - heard_);
  }
  zone_.state.set(next);
}

contact thermostat_link::contact_now() const noexcept {
  switch (thermostat_.status()) {
    case musubi::remote_status::live:
      return thermostat_.fits() ? contact::live : contact::other_version;
    case musubi::remote_status::refused:
      return contact::refused;
    case musubi::remote_status::connecting:
    case musubi::remote_status::reconnecting:
      break;
  }
  return thermostat_.known() ? contact::stale : contact::connecting;
}

/// What the thermostat refuses, and that it is away, is an answer to the browser: its page goes on.
template <class Command>
musubi::task<musubi::status> thermostat_link::pass_on(Command command) {
  const auto answer = co_await thermostat_.call(command);
  if (answer.ok()) co_return musubi::status();
  co_return musubi::refuse(musubi::reason_text::clipped(answer.error().reason()));
}

musubi::task<musubi::status> thermostat_link::set_target(std::int32_t celsius) {
  return pass_on(home::thermostat::SetTarget{celsius});
}
musubi::task<musubi::status> thermostat_link::set_mode(home::heating_mode mode) {
  return pass_on(home::thermostat::SetMode{mode});
}
musubi::task<musubi::status> thermostat_link::close_window() {
  return pass_on(home::thermostat::CloseWindow{});
}

}  // namespace house
