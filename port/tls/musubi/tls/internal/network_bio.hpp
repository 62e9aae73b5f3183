#pragma once

struct ssl_st;

namespace musubi::tls {

class stream;

/// Makes OpenSSL read from and write to `with`. Returns false when out of memory.
[[nodiscard]] bool use_network(ssl_st& connection, stream& with) noexcept;

}  // namespace musubi::tls
