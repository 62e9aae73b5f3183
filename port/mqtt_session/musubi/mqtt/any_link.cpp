#include <musubi/async/event.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/mqtt/any_link.hpp>

namespace musubi::mqtt {

void any_link::add(const share_kind& kind, void* source, std::string_view topic, direction way,
                   keeping keeps) noexcept {
  const reason wrong = session_->add(kind, source, topic, way, keeps == keeping::latest);
  if (problem_.empty()) problem_ = wrong;
}

task<> any_link::run() {
  if (!problem_.empty() || session_->runs()) co_return;
  struct running {
    explicit running(session& which) noexcept : of(&which) { of->start(*runtime::current()); }
    ~running() { of->stop(); }
    session* of;
  };
  const running now(*session_);
  event never;
  co_await never.wait();
}

}  // namespace musubi::mqtt
