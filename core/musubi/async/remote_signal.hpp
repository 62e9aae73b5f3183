#pragma once
/// Lets other threads and interrupts signal the host that listens, at any time.

#include <atomic>
#include <cstdint>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi {

/// Raised from any thread or interrupt, and handled by one host on its thread, once for all raises
/// since the last time. May be raised before a host listens, while that host is being destroyed,
/// and afterwards: it then has no effect, and another host may listen. Can be constant-initialised.
class remote_signal : remote_job {
 public:
  using function = void (*)(remote_signal&) noexcept;
  using end_function = void (*)(remote_signal&, runtime& host) noexcept;
  /// `heard` and `left` are called on the listener's thread: `left` when it is being destroyed and
  /// is no longer signalled.
  constexpr explicit remote_signal(function heard, end_function left = nullptr) noexcept
      : remote_job(&remote_signal::hear), heard_(heard), left_(left), host_end_(*this) {}
  remote_signal(const remote_signal&) = delete;
  remote_signal& operator=(const remote_signal&) = delete;
  /// Must run on the thread of the listening host, if there is one. Must not be raised
  /// concurrently.
  ~remote_signal() {
    if (runtime* host = listener()) host->withdraw(*this);
  }

  /// The host that listens; null while there is none.
  [[nodiscard]] runtime* listener() const noexcept { return host_.load(std::memory_order_acquire); }
  /// Makes `here`, whose thread this is, the listener until it is destroyed. Returns false when
  /// there already is one.
  bool listen(runtime& here) noexcept {
    runtime* nobody = nullptr;
    if (!host_.compare_exchange_strong(nobody, &here, std::memory_order_acq_rel)) return false;
    here.at_end(host_end_);
    return true;
  }
  /// Signals the listener, from any thread or interrupt. The listener sees everything published
  /// before this call.
  MUSUBI_ONCE void raise() noexcept {
    raise_if([](runtime&) noexcept { return true; });
  }
  /// As above if there is a listener and `use(runtime&)`, called with it here and now, returns
  /// true.
  template <class Use>
  void raise_if(Use&& use) noexcept {
    raising_.fetch_add(
        1);  // before the host is read: keeps it from being destroyed while we use it
    runtime* const host = host_.load();
    if (host != nullptr && use(*host)) host->post(*this);
    raising_.fetch_sub(1);
  }

 private:
  static void hear(remote_job& self) noexcept {
    auto& heard = static_cast<remote_signal&>(self);
    heard.heard_(heard);
  }
  /// Once this returns, no thread that raises the signal uses the host any more.
  void leave_host() noexcept;

  function heard_;
  end_function left_;
  std::atomic<runtime*> host_{nullptr};
  std::atomic<std::uint32_t> raising_{0};
  member_job<&remote_signal::leave_host> host_end_;
};

}  // namespace musubi
