#include <algorithm>
#include <cstddef>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/trusted_proxies.hpp>
#include <musubi/net/internal/peer_key.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::net::http {

namespace {

/// An address, or a network with its prefix length.
struct network {
  ip_address base;
  unsigned bits = 128;

  [[nodiscard]] bool has(const ip_address& address) const noexcept {
    const std::size_t whole = bits / 8;
    if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) {
      return false;
    }
    const unsigned rest = bits % 8;
    if (rest == 0) return true;
    return ((base.bytes[whole] ^ address.bytes[whole]) >> (8 - rest)) == 0;
  }
};

bool read_network(std::string_view text, network& out) noexcept {
  const std::size_t slash = text.find('/');
  if (!read_ip(slice(text, 0, slash), out.base)) return false;
  if (slash == std::string_view::npos) return true;
  unsigned bits = 0;
  const std::string_view digits = slice(text, slash + 1);
  if (digits.empty() || digits.size() > 3) return false;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    bits = 10 * bits + static_cast<unsigned>(digit - '0');
  }
  if (bits > (out.base.written_as_v4 ? 32U : 128U)) return false;
  out.bits = out.base.written_as_v4 ? 96 + bits : bits;
  return true;
}

/// The next member of X-Forwarded-For, which has no quoting.
std::string_view first_of(std::string_view& rest) noexcept {
  const std::size_t comma = rest.find(',');
  const std::string_view member = trim(slice(rest, 0, comma));
  rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  return member;
}

/// False when a quote that the client left open, or escaped, may hide what the proxy appended.
bool quotes_close(std::string_view value) noexcept {
  return value.find('\\') == std::string_view::npos &&
         std::count(value.begin(), value.end(), '"') % 2 == 0;
}

/// The value of the parameter `for` in one element of Forwarded (RFC 7239 section 4).
std::string_view for_of(std::string_view element) noexcept {
  while (!element.empty()) {
    std::string_view pair = trim(split_off(element, ';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !iequals(slice(pair, 0, equals), "for")) continue;
    std::string_view value = slice(pair, equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = slice(value, 1, value.size() - 2);
    }
    return value;
  }
  return {};
}

bool matches(std::span<const std::string_view> addresses, std::string_view peer) noexcept {
  if (peer == "unix") return std::find(addresses.begin(), addresses.end(), peer) != addresses.end();
  ip_address address;
  if (!read_ip(address_of_peer(peer), address)) return false;
  return std::any_of(addresses.begin(), addresses.end(), [&](std::string_view each) {
    network trusted;
    return read_network(each, trusted) && trusted.has(address);
  });
}

}  // namespace

const trusted_proxies::code trusted_proxies::all_code{
    .trusts = [](const trusted_proxies& self,
                 std::string_view peer) noexcept { return matches(self.addresses_, peer); },
    .client = [](const trusted_proxies& self, const head& request,
                 std::string_view peer) noexcept -> std::string_view {
      if (!matches(self.addresses_, peer)) return peer;
      const bool rfc7239 = self.field_ == forwarded_field::forwarded;
      std::string_view found;  // the last untrusted one; if all are trusted, the first
      field_cursor fields(request.fields);
      header_field field;
      while (fields.next(field)) {
        if (!iequals(field.name, rfc7239 ? "Forwarded" : "X-Forwarded-For")) continue;
        if (rfc7239 && !quotes_close(field.value)) return peer;
        std::string_view rest = field.value;
        while (!rest.empty()) {
          const std::string_view hop = rfc7239 ? for_of(split_off(rest, ',')) : first_of(rest);
          if (found.empty() || !matches(self.addresses_, hop)) found = hop;
        }
      }
      ip_address readable;
      return read_ip(address_of_peer(found), readable) ? found : peer;
    },
    .malformed = [](const trusted_proxies& self) noexcept -> std::string_view {
      for (const std::string_view each : self.addresses_) {
        network ignored;
        if (each != "unix" && !read_network(each, ignored)) return each;
      }
      return {};
    }};

}  // namespace musubi::net::http
