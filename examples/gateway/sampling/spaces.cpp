#include "sampling/spaces.hpp"

#include <algorithm>
#include <cerrno>

namespace gateway {

void spaces::begin() noexcept {
  for (place& each : places_) each.wanted = false;
}

spaces::place* spaces::find(const file_path& point, const mount_entry& mount) noexcept {
  for (place& each : places_) {
    if (each.taken && each.what->point == point && each.what->major == mount.major &&
        each.what->minor == mount.minor) {
      return &each;
    }
  }
  return nullptr;
}

std::optional<disk_space> spaces::of(file_reader& reader, const file_path& point,
                                     const mount_entry& mount) noexcept {
  place* known = find(point, mount);
  for (place& each : places_) {
    if (known != nullptr) break;
    if (each.taken) continue;
    known = &each;
    known->taken = true;
    known->last = {};
    known->what = question{files_,      lookup_,     point,
                           mount.major, mount.minor, musubi::text<16>::clipped(mount.type)};
  }
  if (known != nullptr) known->wanted = true;
  if (known == nullptr || known->asking || known->last.failed) {
    reader.note(EAGAIN);
    return std::nullopt;
  }
  return known->last.space;
}

int spaces::hanging() const noexcept {
  return static_cast<int>(std::count_if(places_.begin(), places_.end(),
                                        [](const place& each) { return each.asking.has_value(); }));
}

musubi::task<> spaces::ask() {
  for (place& each : places_) {
    musubi::duration wait{};  // of one that hangs: it has had its time
    if (!each.asking) {
      if (!each.wanted) each.taken = false;
      if (!each.taken || hanging() == most_hanging) continue;
      each.asking.emplace(musubi::offload({}, *each.what));
      wait = patience;
    }
    const musubi::result<answer> told = co_await each.asking->answer_within(wait);
    if (each.asking->is_under_way()) continue;
    each.last = told.ok() ? *told : answer{};
    each.asking.reset();
  }
}

spaces::answer spaces::question::operator()() const noexcept {
  file_reader reader(files);
  mount_entry mount;
  mount.major = major;
  mount.minor = minor;
  mount.type = type;
  answer told;
  told.space = lookup(reader, point, mount);
  told.failed = reader.failed();
  return told;
}

}  // namespace gateway
