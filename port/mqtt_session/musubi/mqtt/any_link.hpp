#pragma once
/// What every link to a broker can do, whichever client library it uses.

#include <cstdint>
#include <string_view>

#include <musubi/async/task.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/mqtt/internal/session.hpp>
#include <musubi/mqtt/internal/share.hpp>
#include <musubi/mqtt/link_state.hpp>

namespace musubi::mqtt {

/// Whether the broker keeps the latest message of each topic for those who come later.
enum class keeping : std::uint8_t { nothing, latest };

/// Shares watched values and topics over a broker: `mqtt::link` on gateways, `lwip_mqtt::link` on
/// boards. All functions are for the host's thread.
class any_link {
 public:
  any_link(const any_link&) = delete;
  any_link& operator=(const any_link&) = delete;

  /// Why it cannot run, as a sentence: a wrong limit, a topic that names no field. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }

  /// Shares a watch or a topic, both ways. `topic` is copied. Call before `run`.
  template <class Source>
  void share(Source& what, std::string_view topic, keeping keeps = kept<Source>) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::both, keeps);
  }
  /// Sends what is set or published here, and receives nothing.
  template <class Source>
  void send(Source& what, std::string_view topic, keeping keeps = kept<Source>) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::out, keeps);
  }
  /// Receives what others send, and sends nothing.
  template <class Source>
  void receive(Source& what, std::string_view topic) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::in, kept<Source>);
  }

  /// Connects, and serves the link as long as the host runs. Spawn it once. When it ends, what the
  /// will says is published.
  [[nodiscard]] task<> run();

  /// Whether it is connected: for stores to follow and to show.
  [[nodiscard]] watch<link_state>& state() noexcept { return session_->state(); }
  [[nodiscard]] const link_counters& counters() const noexcept { return session_->counters(); }
  /// What it was constructed with; the defaults if that was a `problem`.
  [[nodiscard]] const will& last_will() const noexcept { return session_->chosen().will; }
  [[nodiscard]] const link_limits& limits() const noexcept { return session_->chosen().limits; }

 protected:
  explicit any_link(const reason& problem) noexcept : problem_(problem) {}
  ~any_link() = default;
  /// Call once, in the constructor. `made` must live as long as this.
  void use(session& made) noexcept { session_ = &made; }
  [[nodiscard]] session& shared() noexcept { return *session_; }

 private:
  template <class Source>
  static constexpr keeping kept =
      musubi::detail::is_watch<Source> ? keeping::latest : keeping::nothing;
  void add(const share_kind& kind, void* source, std::string_view topic, direction way,
           keeping keeps) noexcept;

  session* session_ = nullptr;
  reason problem_;
};

}  // namespace musubi::mqtt
