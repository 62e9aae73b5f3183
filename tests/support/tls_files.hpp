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
