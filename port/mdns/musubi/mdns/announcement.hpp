#pragma once
/// A host that is found on the network without its address.

#include <memory>
#include <string_view>

#include <musubi/hosted/listening_place.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/mdns/service.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::mdns {

/// Announces a host by mDNS, through the system's Avahi, as long as it exists:
///
///     const musubi::mdns::announcement found{host.place(), {.name = "Cellar"}, host.log()};
///
/// `_http._tcp`, or `_https._tcp`, is what browsers and other tools look for; `_musubi._tcp` is
/// announced besides, with `build`, the path of the socket and whether it takes TLS in its TXT
/// record. A host to which only this machine can connect is not announced, unless `on_loopback`,
/// and one with a `problem` never.
///
/// Never fails: while Avahi is not there, the log says so once, and the host is announced when it
/// is. If another device has the name, a number is appended. If another has that of the machine,
/// Avahi gives it a new one; the host is told of it, serves it, and makes a certificate for it.
/// Avahi's library runs on a thread of its own, allocates from the heap there, and does not delay
/// the host.
class announcement {
 public:
  /// `log` and the host of `place()` must outlive it.
  announcement(const hosted::listening_place& host, const service& what, musubi::log& log);
  /// Withdraws it. An Avahi that does not answer is abandoned after a second.
  ~announcement();
  announcement(const announcement&) = delete;
  announcement& operator=(const announcement&) = delete;

  /// Announces it under another name. Call from any thread. Empty: that of the machine.
  void rename(std::string_view name) noexcept;

 private:
  struct work;
  text<160> start(const hosted::listening_place& host, const service& what, musubi::log& log);
  std::shared_ptr<work> work_;  // shared with the thread: an abandoned one still uses it
};

}  // namespace musubi::mdns
