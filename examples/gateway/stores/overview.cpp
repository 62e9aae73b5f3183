#include "stores/overview.hpp"

#include "sampling/news.hpp"
#include "settings/keeper.hpp"
#include "stores/catch_up.hpp"
#include "stores/listen.hpp"

#include <musubi/access/visitor.hpp>

namespace gateway {

musubi::status overview::mount(const Params&, musubi::context& context) {
  // as long as this page is open: with another role or password, its socket is closed
  state_.role = musubi::access::role_of(context);
  state_.user = musubi::access::name_of(context);
  state_.machine = news::identity;
  context.stream<&State::history>().reset();  // a browser that reconnects has an older one
  return listen(*this, context, news::settings_changed, news::machine, news::network, news::disks,
                news::surroundings, news::processes);
}

musubi::task<musubi::status> overview::handle(const Rename& command, musubi::context&) {
  return keeper.ask({.what = change::kind::rename, .name = command.name});
}

musubi::task<musubi::status> overview::handle(const SetPeriod& command, musubi::context&) {
  return keeper.ask({.what = change::kind::set_period, .name = {}, .period = command.milliseconds});
}

musubi::task<musubi::status> overview::handle(const Pause&, musubi::context&) {
  return keeper.ask({.what = change::kind::pause});
}

musubi::task<musubi::status> overview::handle(const Resume&, musubi::context&) {
  return keeper.ask({.what = change::kind::resume});
}

musubi::task<musubi::status> overview::handle(const ResetCounters&, musubi::context&) {
  return keeper.ask({.what = change::kind::reset_counters});
}

void overview::handle_info(const settings& wanted, musubi::context&) noexcept {
  state_.name = wanted.name;
  state_.period = wanted.period;
  state_.paused = wanted.paused;
}

void overview::handle_info(const vitals& seen, musubi::context& context) noexcept {
  catch_up<&State::history>(context, news::machine_past, {}, unheard_);
  state_.now = milliseconds(context.now());
  state_.looks = seen.looks;
  state_.uptime = seen.uptime;
  state_.counting_since = seen.counting_since;
  state_.load = seen.load;
  state_.processor = seen.processor;
  state_.memory = seen.memory;
}

void overview::handle_info(const network_reading& seen, musubi::context&) noexcept {
  state_.network = seen;
}

void overview::handle_info(const disks_reading& seen, musubi::context&) noexcept {
  state_.storage = seen;
}

void overview::handle_info(const environment& seen, musubi::context&) noexcept {
  state_.climate = seen.climate;
  state_.power = seen.power;
}

void overview::handle_info(const processes_reading& seen, musubi::context&) noexcept {
  state_.processes = seen;
}

}  // namespace gateway
