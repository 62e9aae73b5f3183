/// A whole host against one client that sends arbitrary bytes. The first input byte chooses where
/// they begin (the request, the WebSocket, the text of channel messages) and how the client leaves,
/// the second the size of the pieces. Whatever comes: the host rests, what it says is well formed,
/// nothing is left behind, and a well-behaved client is served at the same time.

#include "support/board.hpp"
#include "support/client_bytes.hpp"
#include "support/small_limits.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <musubi/memory_port/host.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/phoenix/frame.hpp>

namespace {

using namespace std::chrono_literals;
using musubi::test::client_text;

void require(bool invariant) {
  if (!invariant) std::abort();
}

/// Content of a length that the path tells, or of one that nobody knows.
struct counting {
  static constexpr std::string_view path = "/count/:to";
  musubi::status open(const musubi::get_request& request, musubi::get_answer& answer) {
    left = request.segment("to").size() * 500;
    answer.etag = "counted";
    answer.file_name = "count";
    if (!request.param("unknown")) answer.length = left;
    return {};
  }
  musubi::result<std::size_t> read(std::uint64_t, std::span<char> into) {
    const std::size_t bytes = std::min(into.size(), left);
    std::fill_n(into.data(), bytes, 'c');
    left -= bytes;
    return bytes;
  }
  std::size_t left = 0;
};
struct fuzzed_socket : musubi::test::board_socket {
  using gets = musubi::gets<counting>;
};

using host = musubi::memory_port::host<fuzzed_socket>;

std::string take(musubi::memory_port::client& from) {
  std::string all;
  std::array<std::byte, 4096> piece;
  while (const std::size_t bytes = from.read(piece)) {
    all.append(reinterpret_cast<const char*>(piece.data()), bytes);
  }
  return all;
}

/// What a server says on a WebSocket: unmasked frames, text in UTF-8, each message a channel's.
void check_messages(std::string_view bytes) {
  std::string message;
  while (bytes.size() >= 2) {
    const auto byte = [&](std::size_t at) {
      return std::size_t{static_cast<unsigned char>(bytes[at])};
    };
    require((byte(0) & 0x70) == 0 && (byte(1) & 0x80) == 0);
    std::size_t head = 2;
    std::size_t size = byte(1);
    require(size != 127);  // nothing that long is sent here
    if (size == 126) {
      if (bytes.size() < 4) return;
      size = byte(2) << 8U | byte(3);
      require(size >= 126);
      head = 4;
    }
    if (bytes.size() < head + size) return;  // cut off
    const std::string_view payload = bytes.substr(head, size);
    if ((byte(0) & 0x0F) <= 1) message += payload;
    if (byte(0) == 0x81 || byte(0) == 0x80) {
      musubi::phoenix::frame frame;
      require(musubi::net::is_utf8(std::as_bytes(std::span(message))));
      require(musubi::phoenix::read_text(message, frame));
      message.clear();
    }
    bytes.remove_prefix(head + size);
  }
}

/// A client beside the one that is fuzzed.
class bystander {
 public:
  explicit bystander(host& on) : host_(on), end_(on.connect()) {
    (void)end_.write(musubi::test::upgrade_text() +
                     client_text(R"(["1","1","musubi:connection:b","phx_join",)"
                                 R"({"module":"Test.Board","id":"b"}])"));
    host_.settle();
    const std::string said = take(end_);
    require(said.find("101 Switching") != std::string::npos);
    require(said.find("\"base_version\":0") != std::string::npos);
  }
  void expect_answer() {
    (void)end_.write(client_text(R"(["1","7","musubi:connection:b","command",)"
                                 R"({"name":"echo","payload":{"words":"well"}}])"));
    require(host_.settle());
    require(take(end_).find(R"("response":{"words":"well"})") != std::string::npos);
  }

 private:
  host& host_;
  musubi::memory_port::client end_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const unsigned begin = data[0] % 4;
  const unsigned leaves = data[0] / 4 % 4;
  const bool reads = (data[0] & 0x10U) != 0;
  const std::size_t piece = std::size_t{data[1]} + 1;
  std::string_view input(reinterpret_cast<const char*>(data) + 2, size - 2);

  musubi::test::surroundings here;
  host served({.limits = musubi::test::small_limits(),
               .serve = {.metrics_path = "/metrics"},
               .sizes = {.streams = 4, .pipe_bytes = 8192}});
  bystander other(served);
  musubi::memory_port::client client = served.connect();

  std::string sent;
  if (begin != 0) sent = musubi::test::upgrade_text();
  if (begin >= 2) {
    sent += client_text(
        R"(["1","1","musubi:connection:m","phx_join",{"module":"Test.Board","id":"m","params":{"listen":true}}])");
  }
  std::string said;
  const auto send = [&](std::string_view bytes) {
    (void)client.write(bytes);
    require(served.settle());
    if (reads) said += take(client);
  };
  send(sent);
  if (begin == 3) {  // lines, each one a text message
    for (std::size_t at = 0; at < input.size();) {
      const std::size_t end = std::min(input.find('\n', at), input.size());
      send(client_text(input.substr(at, end - at)));
      at = end + 1;
    }
  } else {
    for (; !input.empty(); input.remove_prefix(std::min(piece, input.size()))) {
      send(input.substr(0, piece));
    }
  }
  require(served.run_for(10ms));
  here.gate.notify();
  require(served.settle());
  said += take(client);
  if (begin != 0) {
    const std::size_t upgraded = said.find("\r\n\r\n");
    require(upgraded != std::string::npos);
    check_messages(std::string_view(said).substr(upgraded + 4));
  }
  other.expect_answer();

  if (leaves == 1) client.reset();
  if (leaves == 2) client.vanish();
  if (leaves != 3) client.close();
  require(served.run_for(100s));  // every deadline; the bystander is silent too
  served.core().each_pool([](const musubi::pool_metrics& pool) { require(pool.used == 0); });
  (void)bystander(served);
  return 0;
}
