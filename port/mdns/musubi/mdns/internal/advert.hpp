#pragma once
/// The records of one host.

#include <cstdint>

#include <musubi/hosted/listening_place.hpp>
#include <musubi/mdns/service.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::mdns {

/// The name of a service: one label of DNS.
using service_name = text<63>;
/// One string of a TXT record.
using txt_string = text<255>;
/// A sentence about the responder.
using reason = text<160>;

/// Which addresses of this machine a host takes connections at.
enum class families : std::uint8_t { any, ipv4, ipv6 };

/// What a responder answers with, beside the name.
struct advert {
  advert(const hosted::listening_place& host, const service& what) noexcept;

  std::uint16_t port;
  bool secure;
  families over;
  text<64> address;  ///< announce on its interface only; empty: on all
  txt_string build, path, tls;

  [[nodiscard]] const char* type() const noexcept { return secure ? "_https._tcp" : "_http._tcp"; }
};

/// `wanted`, cut to what fits; the machine's name if it is empty.
[[nodiscard]] service_name name_for(std::string_view wanted) noexcept;

/// The name to try when another device has `taken`: "Cellar #2", then "Cellar #3".
[[nodiscard]] service_name next_name(const service_name& taken) noexcept;

}  // namespace musubi::mdns
