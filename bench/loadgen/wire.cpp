#include "loadgen/wire.hpp"

#include "loadgen/process.hpp"

#include <cstring>

namespace loadgen {

namespace {

constexpr char mask[8] = {0x37, '\xfa', 0x21, 0x3d, 0x37, '\xfa', 0x21, 0x3d};

void append_masked(std::string& out, std::string_view payload) {
  const std::size_t at = out.size();
  out.append(payload);
  char* text = out.data() + at;
  std::size_t done = 0;
  for (; done + 8 <= payload.size(); done += 8) {
    std::uint64_t word = 0;
    std::uint64_t key = 0;
    std::memcpy(&word, text + done, sizeof word);
    std::memcpy(&key, mask, sizeof key);
    word ^= key;
    std::memcpy(text + done, &word, sizeof word);
  }
  for (; done < payload.size(); ++done) text[done] = static_cast<char>(text[done] ^ mask[done % 4]);
}

}  // namespace

std::string upgrade_request(std::uint16_t port, std::string_view path) {
  std::string request("GET ");
  request.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(std::to_string(port));
  return request.append(
      "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
}

upgrade_answer read_upgrade(std::string_view received, std::size_t& size) {
  constexpr std::string_view end = "\r\n\r\n";
  const std::size_t at = received.find(end);
  if (at == std::string_view::npos) return upgrade_answer::incomplete;
  const std::string_view head = received.substr(0, at);
  if (!head.starts_with("HTTP/1.1 101 ")) return upgrade_answer::refused;
  if (head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == head.npos) return upgrade_answer::refused;
  size = at + end.size();
  return upgrade_answer::accepted;
}

void append_frame(std::string& out, std::string_view payload, frame_kind kind) {
  out += static_cast<char>(kind);
  if (payload.size() < 126) {
    out += static_cast<char>(0x80U | payload.size());
  } else {
    out += '\xfe';
    out += static_cast<char>(payload.size() >> 8U);
    out += static_cast<char>(payload.size() & 0xFFU);
  }
  out.append(mask, 4);
  append_masked(out, payload);
}

bool take_frame(std::string_view& received, server_frame& into) {
  if (received.size() < 2) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(received[i]); };
  std::size_t header = 2;
  std::size_t length = byte(1);
  if (length == 126) {
    if (received.size() < 4) return false;
    header = 4;
    length = std::size_t{byte(2)} << 8U | byte(3);
  } else if (length > 126) {
    fail("the server sent a frame with a mask or of an unexpected length");
  }
  if ((byte(0) & 0x80U) == 0) fail("a fragment");
  if (received.size() < header + length) return false;
  into.kind = static_cast<frame_kind>(byte(0));
  into.payload = received.substr(header, length);
  received.remove_prefix(header + length);
  return true;
}

}  // namespace loadgen
