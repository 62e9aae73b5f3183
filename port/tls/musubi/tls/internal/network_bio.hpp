#pragma once

struct ssl_st;

namespace musubi::tls {

class stream;

/// Lets OpenSSL read and write by `with`. Returns false when there is no memory.
[[nodiscard]] bool use_network(ssl_st& connection, stream& with) noexcept;

}  // namespace musubi::tls
