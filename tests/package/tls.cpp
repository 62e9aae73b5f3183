// The names for which a host makes a certificate of its own.
#include <algorithm>

#include <musubi/tls/certificate_names.hpp>

int main() {
  const auto names = musubi::tls::certificate_names({.device_name = "cellar"});
  return std::find(names.begin(), names.end(), "localhost") != names.end() ? 0 : 1;
}
