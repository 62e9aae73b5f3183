#pragma once
/// The certificate of a device that has been given none.

#include <chrono>
#include <span>
#include <string>

namespace musubi::tls {

/// The files of a device that signs its own certificate. Browsers have to trust `ca.crt` once.
struct device_files {
  explicit device_files(const std::string& folder);

  std::string ca;           ///< ca.crt: the device's authority, for 10 years
  std::string ca_key;       ///< ca.key
  std::string certificate;  ///< server.crt: the host's certificate, for 397 days
  std::string key;          ///< server.key
  std::string found_as;     ///< found_as: the name that mDNS gave the machine last
};

/// Makes what is missing, does not fit or ends within 30 days, with mode 0600: an authority that
/// can sign only for `.local`, for these names and for private addresses, and its certificate for
/// `names` (names and IP addresses; those that the authority must not sign for are left out).
/// Creates the folder. Sets `made` if the certificate is another one than before. Returns what went
/// wrong, as a sentence that names the file; empty if all is there. Reads and writes files: not for
/// a host's thread.
[[nodiscard]] std::string keep_device_certificate(const device_files& files,
                                                  std::span<const std::string> names,
                                                  std::chrono::sys_seconds now, bool& made);

}  // namespace musubi::tls
