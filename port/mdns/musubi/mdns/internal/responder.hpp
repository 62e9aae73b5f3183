#pragma once
/// What an announcement needs of the program that answers mDNS queries.

#include <optional>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/mdns/internal/advert.hpp>

namespace musubi::mdns {

/// Implemented by the announcement. Called by a responder's `open`, `publish` and `wait`.
class responder_events {
 public:
  /// It takes services. `host` is the machine's name as it announces it: "cellar.local".
  virtual void on_ready(std::string_view host) noexcept = 0;
  /// It takes none for now, and has dropped what was published. `why` may be empty.
  virtual void on_absent(std::string_view why) noexcept = 0;
  /// It is gone, and has to be opened again.
  virtual void on_lost(std::string_view why) noexcept = 0;
  /// The network has heard of the service.
  virtual void on_published() noexcept = 0;
  /// Another device has the name. Nothing is published.
  virtual void on_collision() noexcept = 0;
  /// It cannot be published.
  virtual void on_refused(std::string_view why) noexcept = 0;

 protected:
  ~responder_events() = default;
};

/// The connection to a responder. For one thread, except `wake`.
class responder {
 public:
  virtual ~responder() = default;

  /// Connects; returns why it cannot, or nothing. `on_ready` or `on_absent` follows, or was called.
  [[nodiscard]] virtual reason open(responder_events& to) noexcept = 0;
  /// Disconnects, and withdraws what was published. No event follows.
  virtual void close() noexcept = 0;
  /// Publishes, in place of what was published before. Returns why it cannot, or nothing; then
  /// `on_published`, `on_collision` or `on_refused` follows, or was called.
  [[nodiscard]] virtual reason publish(const service_name& name, const advert& what) noexcept = 0;

  /// Waits for events, at most this long, or until `wake`.
  virtual void wait(std::optional<duration> most) noexcept = 0;
  /// Ends `wait`, or the next one. Call from any thread.
  virtual void wake() noexcept = 0;
};

}  // namespace musubi::mdns
