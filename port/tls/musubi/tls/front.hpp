#pragma once
/// TLS in front of the hosts of a program, by its options.
///
///     musubi::tls::front secure({.certificate = "device.crt", .key = "device.key"}, small);
///     musubi::posix::host<counter_socket, small> host({.front = &secure});

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/host/host_front.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/hosted/tls_options.hpp>
#include <musubi/tls/certificate_names.hpp>
#include <musubi/tls/guard.hpp>
#include <musubi/tls/identity.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::tls {

/// Loads the certificate, or makes one, and has a guard for each host. `tls_options::on` is not
/// read.
class front final : public host_front {
 public:
  /// For `cores` hosts with these limits. With `tls_options::fixed_memory`, construct it before
  /// anything else uses OpenSSL.
  front(const tls_options& chosen, const limits& room, unsigned cores = 1, host_names named = {});
  ~front() = default;
  front(const front&) = delete;
  front& operator=(const front&) = delete;

  [[nodiscard]] std::string_view problem() const noexcept override { return problem_; }
  /// Whether OpenSSL's memory is what was asked for; if not, it is the heap.
  [[nodiscard]] bool has_its_memory() const noexcept { return has_its_memory_; }
  /// Loads the certificate again, or makes another one if names or addresses have changed or it
  /// ends; new connections get it. Sets `changed` if it may be another one. Returns what is wrong,
  /// as a sentence, and keeps the one from before; empty if nothing is. Reads and writes files.
  /// Call from any thread, one at a time.
  [[nodiscard]] std::string load(bool& changed);
  /// The machine is found by this name, so the next certificate of its own is for it, too. Kept
  /// with the certificate for the next start. Call as `load`.
  void found_as(const std::string& name);
  [[nodiscard]] const identity& shown() const noexcept { return shown_; }

  [[nodiscard]] net::service& put_before(host_core& host, net::port& port) override;
  void remove(net::service& made) noexcept override;
  [[nodiscard]] net::url_scheme scheme() const noexcept override { return net::url_scheme::https; }

 private:
  tls_options options_;
  host_names named_;
  sizes limit_;
  memory memory_;
  identity shown_;
  std::vector<std::unique_ptr<guard>> guards_;
  std::string problem_;
  bool has_its_memory_;
};

}  // namespace musubi::tls
