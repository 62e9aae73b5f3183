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
    case note::refused:
      return log.write(log_level::warning, {"mqtt: ", text});
  }
}

}  // namespace

link::link(const options& chosen) : any_link(problem_of(chosen)) {
  options usable = chosen;
  if (!problem().empty()) usable.limits = {};
  if (!problem().empty()) usable.will = {};
  parts_ = std::make_unique<parts>(usable);
  use(parts_->shared);
}
link::~link() = default;

void link::log_to(musubi::log& to) noexcept {
  parts_->shared.report_to(&to, &write);
}

}  // namespace musubi::mqtt
