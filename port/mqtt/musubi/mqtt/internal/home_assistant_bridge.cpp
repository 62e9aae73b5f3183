#include <charconv>
#include <utility>

#include <musubi/async/runtime.hpp>
#include <musubi/memory/fnv1a.hpp>
#include <musubi/mqtt/internal/home_assistant_bridge.hpp>

namespace musubi::mqtt {

namespace {

constexpr std::size_t device_bytes = 32;

/// Counts what is written.
class measuring_output final : public json::output {
 public:
  measuring_output() noexcept : output(window_, window_ + sizeof window_) {}
  [[nodiscard]] std::size_t bytes() const noexcept {
    return before_ + static_cast<std::size_t>(cursor_ - window_);
  }

 private:
  bool make_room() noexcept override {
    before_ += static_cast<std::size_t>(cursor_ - window_);
    cursor_ = window_;
    return true;
  }
  char window_[2 * reserve_limit]{};
  std::size_t before_ = 0;
};

bool is_device_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > device_bytes) return false;
  for (const char c : name) {
    const bool usable = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!usable) return false;
  }
  return true;
}

/// The same for all programs that have this name, and different for most others.
duration pause_of(std::string_view device, duration most) noexcept {
  return most * static_cast<int>(fnv1a(device).hash() % 1000) / 1000;
}

}  // namespace

home_assistant_bridge::home_assistant_bridge(link& through, const home_assistant_options& chosen,
                                             std::string_view module,
                                             std::span<const entity> entities,
                                             std::span<command_source> commands) noexcept
    : hub_(through), chosen_(chosen), module_(module), entities_(entities) {
  if (!is_device_name(chosen_.device)) {
    problem_ = reason::clipped("the name of the device is not 1 to ", device_bytes,
                               " letters, digits, '_' and '-'");
    return;
  }
  const will& availability = hub_.last_will();
  if (availability.topic.empty()) {
    problem_ =
        "the link has no will, by which Home Assistant knows that this program is gone: set "
        "mqtt::options::will";
    return;
  }
  measuring_output payload;
  json::writer to(payload);
  write(document::discovery, to);
  if (payload.bytes() > hub_.limits().payload_bytes) {
    problem_ = reason::clipped("the discovery payload has ", payload.bytes(),
                               " bytes; raise link_limits::payload_bytes");
    return;
  }
  topic_text topic;
  bool fits = discovery_topic_of(chosen_, topic);
  hub_.send(config_, topic, keeping::latest);
  hub_.send(config_again_, topic, keeping::nothing);
  fits = fits && state_topic_of(chosen_, topic);
  hub_.send(state_, topic, keeping::latest);
  hub_.send(state_again_, topic, keeping::nothing);
  topic = topic_text::clipped(chosen_.prefix, "/status");
  hub_.receive(birth_, topic);
  std::size_t next = 0;
  for (const entity& each : entities_) {
    if (each.command.empty()) continue;
    command_source& from = commands[next++];
    from.owner = this;
    from.of = &each;
    fits = fits && command_topic_of(chosen_, each.command, topic);
    hub_.receive(from, topic);
  }
  if (!fits) problem_ = "the topics are too long: choose a shorter base, prefix or command";
}

home_assistant_bridge::~home_assistant_bridge() {
  stop();
}

std::string_view home_assistant_bridge::problem() const noexcept {
  return problem_.empty() ? hub_.problem() : problem_.view();
}

void home_assistant_bridge::start(host_core& host, const home_assistant_root& root) noexcept {
  host_ = &host;
  root_ = root;
  resources_ = host.for_pages();
  resources_.shares = nullptr;  // of clients of the network
  mount();
}

void home_assistant_bridge::stop() noexcept {
  if (host_ == nullptr) return;
  unmount("left");
  service_job_.unlink();
  mount_timer_.cancel();
  mount_job_.unlink();
  birth_timer_.cancel();
  birth_job_.unlink();
  host_ = nullptr;
}

void home_assistant_bridge::mount() noexcept {
  block_ = host_->pages().allocate();
  if (block_ == nullptr) return fail("the host's pool of pages is used up: raise limits::pages");
  page_ = root_.make(block_, resources_, *this, root_.socket);
  char room[params_bytes + json::output::reserve_limit];
  json::buffer_output params(room, sizeof room);
  json::writer to(params);
  root_.write_params(root_.params, to);
  mount_error error;
  if (params.failed()) {
    unmount({});
    return fail("the params of the store are too long");
  }
  if (!page_->mount(params.view(), error)) {
    const reason why = reason::clipped(error.bad_params ? std::string_view("its params do not fit")
                                                        : error.why.reason());
    unmount({});
    return fail(why);
  }
  page_->show();
}

/// `why` is empty if it was never mounted.
void home_assistant_bridge::unmount(std::string_view why) noexcept {
  if (page_ == nullptr) return;
  page& gone = *std::exchange(page_, nullptr);
  if (!why.empty()) gone.terminate(why);
  gone.destroy();
  host_->pages().deallocate(std::exchange(block_, nullptr));
}

void home_assistant_bridge::fail(std::string_view why) noexcept {
  ++counters_.failures;
  if (log_ != nullptr) {
    log_->write(log_level::warning,
                {"home assistant: ", module_, " is not mounted, for 5 seconds: ", why});
  }
  host_->loop().arm_after(mount_timer_, remount_pause);
}

void home_assistant_bridge::service_wanted() noexcept {
  if (host_ != nullptr) host_->loop().push(service_job_);
}

void home_assistant_bridge::service() noexcept {
  if (page_ == nullptr) return;
  page_->service();
  if (!page_->failed()) return;
  unmount("failed");
  fail("it failed");
}

// --- out ---

void home_assistant_bridge::write(document which, json::writer& out) const noexcept {
  if (removed_) return;  // an empty payload: forget it
  if (which == document::discovery) {
    return write_discovery({chosen_, module_, entities_, hub_.last_will()}, out);
  }
  if (page_ != nullptr) root_.write_state(*page_, out);
}

void home_assistant_bridge::publish() noexcept {
  config_.publish({*this, document::discovery});
  if (page_ != nullptr || removed_) state_.publish({*this, document::state});
}

void home_assistant_bridge::remove() noexcept {
  removed_ = true;
  publish();
}

void home_assistant_bridge::end_patch() noexcept {
  if (!removed_) state_.publish({*this, document::state});
}

void home_assistant_bridge::born() noexcept {
  ++counters_.births;
  if (host_ == nullptr) return;
  host_->loop().arm_after(birth_timer_, pause_of(chosen_.device, birth_spread));
}

void home_assistant_bridge::answer_birth() noexcept {
  if (removed_) return;
  config_again_.publish({*this, document::discovery});
  if (page_ != nullptr) state_again_.publish({*this, document::state});
}

// --- in ---

void home_assistant_bridge::take(const entity& command, std::string_view payload) noexcept {
  ++counters_.commands;
  if (removed_) return refuse(command.command, "the device is removed");
  if (page_ == nullptr) return refuse(command.command, "the store is not mounted");
  // a reply may come later: its ref tells for which command
  char ref[20];
  const auto end = std::to_chars(ref, ref + sizeof ref, &command - entities_.data()).ptr;
  page_->receive({.ref = {ref, static_cast<std::size_t>(end - ref)},
                  .name = command.command,
                  .store_id = "[]",
                  .payload = payload});
}

void home_assistant_bridge::begin_reply(std::string_view ref, bool ok) noexcept {
  std::size_t index = 0;
  (void)std::from_chars(ref.data(), ref.data() + ref.size(), index);
  asked_ = index < entities_.size() ? &entities_[index] : nullptr;
  is_ok_ = ok;
  text_.clear();
}

void home_assistant_bridge::end_reply() noexcept {
  if (!is_ok_) refuse(asked_ == nullptr ? std::string_view() : asked_->command, text_.view());
  text_.clear();
}

void home_assistant_bridge::refuse(std::string_view command, std::string_view why) noexcept {
  ++counters_.refused;
  if (log_ == nullptr) return;
  const time_point now = host_ == nullptr ? time_point{} : host_->loop().now();
  if (has_reported_ && now - reported_ < between_reports) {
    ++unreported_;
    return;
  }
  const auto more =
      unreported_ == 0 ? text<32>() : text<32>::clipped(" (", unreported_, " more before)");
  log_->write(log_level::warning,
              {"home assistant: the command ", command, " is refused: ", why, more.view()});
  has_reported_ = true;
  reported_ = now;
  unreported_ = 0;
}

void home_assistant_bridge::write_root_id(json::writer& to) const noexcept {
  to.characters(module_);
  to.raw(':');
  to.characters(chosen_.device);
}

}  // namespace musubi::mqtt
