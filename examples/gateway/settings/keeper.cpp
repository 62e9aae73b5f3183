#include "settings/keeper.hpp"

#include <musubi/async/offload.hpp>

namespace gateway {

void settings_keeper::start(settings_file& file, const settings& saved, listener tell,
                            void* owner) noexcept {
  file_ = &file;
  current_ = saved;
  tell_ = tell;
  owner_ = owner;
  tell_(owner_, current_);
}

musubi::task<musubi::status> settings_keeper::ask(change wanted) {
  if (asked_.fetch_add(1) >= most) {
    --asked_;
    co_return musubi::refuse("too many changes at once");
  }
  auto saving = musubi::offload({.in_turn_with = this, .kept = true}, [this, wanted] {
    const musubi::status made = make(wanted);
    --asked_;
    return made;
  });
  if (!saving.is_under_way()) --asked_;  // no thread was available
  const musubi::status made = co_await saving;
  if (saving.is_under_way()) {
    co_return musubi::refuse("the disk does not answer; the change may still be made");
  }
  co_return made;
}

musubi::status settings_keeper::make(const change& wanted) noexcept {
  settings changed = current_;
  if (const musubi::status made = wanted.apply(changed); !made.ok()) return made;
  saved_settings saved{.outcome = {}, .written = true};
  if (wanted.is_kept()) saved = file_->save(changed);
  if (saved.written) {  // even if the disk has not confirmed it, the file has the new settings
    current_ = changed;
    tell_(owner_, current_);
  }
  return saved.outcome;
}

}  // namespace gateway
