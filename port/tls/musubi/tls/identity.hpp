#pragma once
/// What a host shows to its clients: certificate, key, and the settings of TLS.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace musubi::tls {

/// Loads a certificate, again when asked, while connections go on with the one they began with.
/// Safe to use from any thread.
class identity {
 public:
  identity() noexcept = default;
  ~identity();
  identity(const identity&) = delete;
  identity& operator=(const identity&) = delete;

  /// Loads certificate and key from these PEM files, and the authority that plain HTTP offers at
  /// `/ca.crt`, if `authority` is not empty. Returns what is wrong with them, as a sentence
  /// that names the file, and keeps what was loaded before; empty when they are in use.
  [[nodiscard]] std::string load(const std::string& certificate, const std::string& key,
                                 const std::string& authority = {});
  /// SHA-256 of the certificate, as browsers show it: "3A:B7:…". Empty before `load`.
  [[nodiscard]] std::string fingerprint() const;

  /// The same of the authority that plain HTTP offers; empty if there is none.
  [[nodiscard]] std::string authority_fingerprint() const;

  /// Whether the certificate is for this host name. False before `load`.
  [[nodiscard]] bool is_for(const std::string& name) const;

  // --- for `guard` ---
  /// Grows with each `load`.
  [[nodiscard]] std::uint32_t generation() const noexcept {
    return generation_.load(std::memory_order_acquire);
  }
  /// The settings of the latest `load`. The caller has to free this reference.
  [[nodiscard]] ssl_ctx_st* context() const noexcept;
  /// The authority, in PEM; null if there is none.
  [[nodiscard]] std::shared_ptr<const std::string> authority() const noexcept;

 private:
  mutable std::mutex mutex_;
  ssl_ctx_st* context_ = nullptr;
  std::shared_ptr<const std::string> authority_;
  std::atomic<std::uint32_t> generation_{0};
};

}  // namespace musubi::tls
