#pragma once
/// A certificate and its key, as files. The key protects nothing: it is here for everybody to read.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace musubi::test {

inline constexpr std::string_view test_certificate = R"(-----BEGIN CERTIFICATE-----
MIIBtDCCAVmgAwIBAgIUc7KaY3pBLIgl09pK/swi3Bzy6kkwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVYSBkZXZpY2Ugb2YgdGhlIHRlc3RzMCAXDTI2MTEzMDA2MjAw
OVoYDzIxMjYxMTA2MDYyMDA5WjAgMR4wHAYDVQQDDBVhIGRldmljZSBvZiB0aGUg
dGVzdHMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARGvOpUz5K3nH45z7FcImKu
IiSQABvhHy/CFrd/br5bE3J808xS750jPG1zs6yiCCniaY3Q9Pe3JqkzBcmRwicr
o28wbTAdBgNVHQ4EFgQUCqWXKVXERMNxOoVLsLLUJh95R9cwHwYDVR0jBBgwFoAU
CqWXKVXERMNxOoVLsLLUJh95R9cwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzAR
gglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDSQAwRgIhAOWbR2SlGEytQjlB
9m/5Gu3J6I2mfRYrgzk/t59uWkkxAiEA5OwrPEYBLeqAzCD7pD+gF5C0QszXcvNb
ZPPG2zqcyVc=
-----END CERTIFICATE-----
)";
inline constexpr std::string_view test_key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9J+Y3YcAwhLnYWvO
sLbpNe0zNEfRFB71EqWsjnnuIG6hRANCAARGvOpUz5K3nH45z7FcImKuIiSQABvh
Hy/CFrd/br5bE3J808xS750jPG1zs6yiCCniaY3Q9Pe3JqkzBcmRwicr
-----END PRIVATE KEY-----
)";

/// A certificate that has nothing to do with the other.
inline constexpr std::string_view test_authority_of_others = R"(-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUYWZi29Od5npyREPgOxiKOcI9ePQwCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUbm9ib2R5IGluIHBhcnRpY3VsYXIwIBcNMjYxMTMwMTIyODMx
WhgPMjEyNjExMDYxMjI4MzFaMB8xHTAbBgNVBAMMFG5vYm9keSBpbiBwYXJ0aWN1
bGFyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJbx8JMm8Gk0FcHzZJmrwzoDQ
7Zr60Eg6ICx0c9XHo6n9k4A32IRKXm0aE8t8q44y2pfl5mLekgcUkb6vq8Qb+6NT
MFEwHQYDVR0OBBYEFBv6uAXwwXl1BRD46x3y53C3LFEPMB8GA1UdIwQYMBaAFBv6
uAXwwXl1BRD46x3y53C3LFEPMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SQAwRgIhAOI1RWzh8yyX4l0hBC34gDDVB8cMtJLBLVZlvYG/emXcAiEAs5R1ALrG
0c/fBbSFysfUJBa/+KBuhsVj+6JEpXLbuzI=
-----END CERTIFICATE-----
)";

/// A folder of its own with such files; removed at the end.
class tls_files {
 public:
  tls_files() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("musubi-tls-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directory(folder_);
    write("server.crt", test_certificate);
    write("server.key", test_key);
  }
  ~tls_files() { std::filesystem::remove_all(folder_); }
  tls_files(const tls_files&) = delete;
  tls_files& operator=(const tls_files&) = delete;

  void write(std::string_view name, std::string_view content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string path(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string certificate() const { return path("server.crt"); }
  [[nodiscard]] std::string key() const { return path("server.key"); }

 private:
  std::filesystem::path folder_;
};

}  // namespace musubi::test
