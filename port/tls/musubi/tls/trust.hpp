#pragma once
/// Which servers a program trusts when it is the client.

#include <string>

struct ssl_ctx_st;

namespace musubi::tls {

/// The authorities that may sign a server's certificate, and the settings of a client's TLS: those
/// of a host (docs/guides/tls.md). Loaded once; used on one thread.
class trust {
 public:
  trust() noexcept = default;
  ~trust();
  trust(const trust&) = delete;
  trust& operator=(const trust&) = delete;

  /// Loads the authorities of this PEM file; of the system, if it is empty. Returns what is wrong
  /// with it, as a sentence that names the file; empty when all is well. Reads files.
  [[nodiscard]] std::string load(const std::string& authorities);

  // --- for `connector` ---
  /// Null before `load`.
  [[nodiscard]] ssl_ctx_st* context() const noexcept { return context_; }

 private:
  ssl_ctx_st* context_ = nullptr;
};

}  // namespace musubi::tls
