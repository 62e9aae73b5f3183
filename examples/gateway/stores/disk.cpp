#include "stores/disk.hpp"

#include "sampling/news.hpp"
#include "stores/catch_up.hpp"
#include "stores/listen.hpp"

namespace gateway {

musubi::status one_disk::mount(const Params& params, musubi::context& context) {
  name_ = params.name;
  context.stream<&State::history>().reset();  // a browser that reconnects has an older one
  const musubi::status heard = listen(*this, context, news::settings_changed, news::disks);
  if (!heard.ok()) return heard;
  if (!state_.present) return musubi::refuse("this machine has no such disk", "name");
  return {};
}

void one_disk::handle_info(const settings& wanted, musubi::context&) noexcept {
  state_.period = wanted.period;
}

void one_disk::handle_info(const disks_reading& seen, musubi::context& context) noexcept {
  catch_up<&State::history>(context, news::disks_past, name_, unheard_);
  state_.now = milliseconds(context.now());
  state_.present = false;
  ++state_.looks;
  for (const disk_reading& each : seen.disks) {
    if (!(each.name == name_)) continue;
    state_.present = true;
    state_.reading = each;
  }
}

}  // namespace gateway
