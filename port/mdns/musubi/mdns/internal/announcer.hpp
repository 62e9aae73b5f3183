#pragma once
/// Keeps a host announced, whatever happens to the responder.

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/hosted/log.hpp>
#include <musubi/mdns/internal/responder.hpp>

namespace musubi::mdns {

/// Receives what there is to tell.
class announcer_log {
 public:
  virtual void say(log_level level, std::string_view line) noexcept = 0;
  /// The machine is called so on the network: "cellar.local". Told when it is known, and when it
  /// changes.
  virtual void is_found_as(std::string_view host) noexcept = 0;

 protected:
  ~announcer_log() = default;
};

/// For the thread of the responder.
class announcer final : public responder_events {
 public:
  /// Between two attempts: doubles, until something was published.
  static constexpr duration shortest_pause = std::chrono::seconds(1);
  static constexpr duration longest_pause = std::chrono::minutes(1);
  /// Names tried one after the other, before a pause: who answers to all of them is no device.
  static constexpr std::uint32_t names_at_once = 16;

  announcer(responder& with, const advert& what, const service_name& name,
            announcer_log& log) noexcept
      : with_(with), what_(what), wanted_(name), name_(name), log_(log) {}

  /// Does what is due. Call it after every event, and when `due` has passed.
  void go_on(time_point now) noexcept;
  /// When there is something to do without an event.
  [[nodiscard]] std::optional<time_point> due() const noexcept;
  /// Announces another name from the next `go_on` on.
  void rename(const service_name& name) noexcept;

  void on_ready(std::string_view host) noexcept override;
  void on_absent(std::string_view why) noexcept override;
  void on_lost(std::string_view why) noexcept override;
  void on_published() noexcept override;
  void on_collision() noexcept override;
  void on_refused(std::string_view why) noexcept override;

 private:
  enum class state : std::uint8_t {
    closed,      // there is no connection; opened again when the pause is over
    absent,      // it takes no services
    ready,       // to publish
    publishing,  // it was asked to
    published,
    collided,  // another name is to be tried
    refused,   // it was asked, and cannot
    waiting,   // to be asked again when the pause is over
  };

  void open(time_point now) noexcept;
  void publish() noexcept;
  void take_next_name(time_point now) noexcept;
  void pause_from(time_point now, state then) noexcept;
  void say(log_level level, std::string_view line) noexcept;
  void say_why(std::string_view why) noexcept;

  responder& with_;
  const advert& what_;
  service_name wanted_, name_;
  announcer_log& log_;

  state state_ = state::closed;
  bool is_lost_ = false;        // the connection is still to be closed
  bool was_lost_ = false;       // since it was published, and the log says so
  bool was_published_ = false;  // over this connection
  std::uint32_t names_tried_ = 0;
  duration pause_ = shortest_pause;
  time_point again_{};  // when the pause is over
  text<255> host_;
  reason why_;
  text<255> said_;
};

}  // namespace musubi::mdns
