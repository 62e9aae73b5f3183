#include <musubi/async/event.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/hosted/internal/untouched_memory.hpp>
#include <musubi/mqtt/internal/mosquitto_client.hpp>
#include <musubi/mqtt/internal/session.hpp>
#include <musubi/mqtt/link.hpp>

namespace musubi::mqtt {

struct link::parts {
  explicit parts(const options& chosen)
      : memory(session::bytes(chosen.limits)),
        client(chosen),
        shared(chosen, client, memory.begin()) {
    client.tell(shared);
  }
  hosted::untouched_memory memory;
  mosquitto_client client;
  session shared;
};

namespace {

reason problem_of(const options& chosen) noexcept {
  if (const auto wrong = chosen.limits.violation(); !wrong.empty()) {
    return reason::clipped("link_limits: ", wrong);
  }
  if (chosen.host.empty()) return "the broker has no address";
  if (chosen.user.empty() && !chosen.password.empty()) return "there is a password without a user";
  if (chosen.will.topic.size() > topic_text::capacity) return "the topic of the will is too long";
  if (chosen.will.offline.size() > chosen.limits.payload_bytes ||
      chosen.will.online.size() > chosen.limits.payload_bytes) {
    return "the will is longer than link_limits::payload_bytes";
  }
  return {};
}

void write(void* to, note what, std::string_view text) noexcept {
  auto& log = *static_cast<musubi::log*>(to);
  switch (what) {
    case note::connected:
      return log.write(log_level::notice, {"mqtt: connected to ", text});
    case note::lost:
      return log.write(log_level::warning, {"mqtt: not connected: ", text});
    case note::misfit:
      return log.write(log_level::warning, {"mqtt: a payload does not fit: ", text});
    case note::dropped:
      return log.write(log_level::warning, {"mqtt: dropped: ", text});
  }
}

}  // namespace

link::link(const options& chosen)
    : will_(chosen.will), limits_(chosen.limits), problem_(problem_of(chosen)) {
  options usable = chosen;
  if (!problem_.empty()) usable.limits = {};
  if (!problem_.empty()) usable.will = {};
  parts_ = std::make_unique<parts>(usable);
}
link::~link() = default;

std::string_view link::problem() const noexcept {
  return problem_;
}

void link::add(const share_kind& kind, void* source, std::string_view topic, direction way,
               keeping keeps) noexcept {
  const reason wrong = parts_->shared.add(kind, source, topic, way, keeps == keeping::latest);
  if (problem_.empty()) problem_ = wrong;
}

task<> link::run() {
  if (!problem_.empty() || parts_->shared.runs()) co_return;
  struct running {
    explicit running(session& which) noexcept : of(&which) { of->start(*runtime::current()); }
    ~running() { of->stop(); }
    session* of;
  };
  const running now(parts_->shared);
  event never;
  co_await never.wait();
}

watch<link_state>& link::state() noexcept {
  return parts_->shared.state();
}
const link_counters& link::counters() const noexcept {
  return parts_->shared.counters();
}
void link::log_to(musubi::log& to) noexcept {
  parts_->shared.report_to(&to, &write);
}

}  // namespace musubi::mqtt
