#pragma once
/// What a port may put between itself and its hosts, such as TLS.

#include <string_view>

#include <musubi/net/http/url_scheme.hpp>
#include <musubi/net/port.hpp>

namespace musubi {

class host_core;

/// Makes one such thing for each host. It must outlive the ports and hosts that use it.
class host_front {
 public:
  /// Why it cannot be used, as a sentence; empty if it can.
  [[nodiscard]] virtual std::string_view problem() const noexcept = 0;
  /// Returns what `port` is to drive in place of `host`. Called before the first turn.
  [[nodiscard]] virtual net::service& put_before(host_core& host, net::port& port) = 0;
  /// Destroys what `put_before` returned: after its host, and before its port.
  virtual void remove(net::service& made) noexcept = 0;
  /// What browsers have to speak.
  [[nodiscard]] virtual net::url_scheme scheme() const noexcept = 0;

 protected:
  ~host_front() = default;
};

/// What a port has put before one host, if anything. To be destroyed after the host and before the
/// port.
class placed_front {
 public:
  placed_front() noexcept = default;
  ~placed_front() {
    if (made_ != nullptr) maker_->remove(*made_);
  }
  placed_front(const placed_front&) = delete;
  placed_front& operator=(const placed_front&) = delete;

  /// Call at most once.
  void place(host_front& maker, host_core& host, net::port& port) {
    maker_ = &maker;
    made_ = &maker.put_before(host, port);
  }
  /// What the port is to drive: `host`, or what stands before it.
  [[nodiscard]] net::service& before(net::service& host) const noexcept {
    return made_ != nullptr ? *made_ : host;
  }

 private:
  host_front* maker_ = nullptr;
  net::service* made_ = nullptr;
};

}  // namespace musubi
