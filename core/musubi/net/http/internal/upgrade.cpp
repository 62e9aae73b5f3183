#include <algorithm>
#include <mbedtls/sha1.h>
#include <mbedtls/version.h>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/internal/line_table.hpp>
#include <musubi/memory/internal/same_text.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/response.hpp>
#include <musubi/net/http/internal/upgrade.hpp>
#include <musubi/net/internal/base64.hpp>

namespace musubi::net::http {
namespace {

constexpr std::string_view handshake_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 1.3
constexpr std::size_t key_size = 24;  // 16 bytes in base64

/// Without decoding it: what the bytes are does not matter.
bool is_key(std::string_view key) noexcept {
  constexpr std::size_t digits = key_size - 2;
  return key.size() == key_size && same_text(slice(key, digits), "==") &&
         consists_of(slice(key, 0, digits), is_base64_digit);
}

/// What a request may lack, in the order in which it is looked for.
constexpr std::string_view faults =
    "400 a WebSocket handshake must be a GET\n"
    "400 a WebSocket needs HTTP/1.1\n"
    "400 missing Upgrade: websocket\n"
    "400 missing Connection: Upgrade\n"
    "426 only WebSocket version 13 is supported\n"
    "400 malformed Sec-WebSocket-Key\n";
constexpr std::size_t none = lines_of(faults);

/// A line of `faults`, or `none`.
std::size_t first_fault(const head& request) noexcept {
  if (!same_text(request.method, "GET")) return 0;
  if (request.minor_version < 1) return 1;
  if (!has_member(request, "upgrade", "websocket")) return 2;
  if (!has_member(request, "connection", "upgrade")) return 3;
  if (!same_text(request.sec_websocket_version, "13")) return 4;
  if (!is_key(request.sec_websocket_key)) return 5;
  return none;
}

std::array<unsigned char, 20> sha1(std::string_view text) noexcept {
  std::array<unsigned char, 20> digest{};
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  mbedtls_sha1(bytes, text.size(), digest.data());
#else
  mbedtls_sha1_ret(bytes, text.size(), digest.data());
#endif
  return digest;
}

}  // namespace

upgrade_outcome check_upgrade(const head& request) noexcept {
  const std::size_t fault = first_fault(request);
  if (fault == none) return {};
  const table_line told = line_at(reasons<faults>, fault);
  return {told.number, told.text};
}

std::array<char, accept_key_size> accept_key(std::string_view key) noexcept {
  std::array<char, key_size + handshake_guid.size()> text{};
  const std::size_t length = std::min(key.size(), key_size);
  char* const end = std::copy_n(key.data(), length, text.data());
  std::copy_n(handshake_guid.data(), handshake_guid.size(), end);
  const auto digest = sha1({text.data(), length + handshake_guid.size()});

  std::array<char, accept_key_size> accept{};
  (void)encode_base64(digest, accept);
  return accept;
}

std::size_t write_upgrade(std::span<char> out, std::string_view key,
                          std::string_view protocol) noexcept {
  const auto accept = accept_key(key);
  head_writer writer{out};
  writer.status(101).raw("Upgrade: websocket\r\nConnection: Upgrade\r\n");
  writer.field("Sec-WebSocket-Accept", std::string_view{accept.data(), accept.size()});
  if (!protocol.empty()) writer.field("Sec-WebSocket-Protocol", protocol);
  return writer.end().finish();
}

std::string_view select_protocol(const head& request) noexcept {
  member_cursor members{request, "sec-websocket-protocol"};
  std::string_view member;
  while (members.next(member)) {
    if (member == phoenix_protocol) return phoenix_protocol;
  }
  return {};
}

}  // namespace musubi::net::http
