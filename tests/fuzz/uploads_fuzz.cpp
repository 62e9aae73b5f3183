/// A whole host against one browser that has been allowed to send a file and does whatever the
/// input says: each step is a byte that chooses it, a byte for its length, and that many bytes.
/// Whatever comes: the host rests, no sink gets more than was announced, a wrong token opens
/// nothing, and all is given back.

#include "support/album.hpp"
#include "support/client_bytes.hpp"
#include "support/small_limits.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <musubi/memory_port/host.hpp>

namespace {

using namespace std::chrono_literals;
using musubi::test::binary_push;
using musubi::test::client_frame;
using musubi::test::client_text;

void require(bool invariant) {
  if (!invariant) std::abort();
}

using host = musubi::memory_port::host<musubi::test::album_socket>;

constexpr std::string_view root_topic = "musubi:connection:a";

class sender {
 public:
  explicit sender(host& on) : host_(on), end_(on.connect()) {
    say(musubi::test::upgrade_text());
    say(client_text(R"(["1","1","musubi:connection:a","phx_join",)"
                    R"({"module":"Test.Album","id":"a"}])"));
  }
  std::string say(std::string_view bytes) {
    (void)end_.write(bytes);
    require(host_.settle());
    std::string all;
    std::array<std::byte, 4096> piece;
    while (const std::size_t count = end_.read(piece)) {
      all.append(reinterpret_cast<const char*>(piece.data()), count);
    }
    return all;
  }
  std::string event(std::string_view name, std::string_view payload) {
    return say(client_text("[\"1\",\"7\",\"" + std::string(root_topic) + "\",\"" +
                           std::string(name) + "\"," + std::string(payload) + "]"));
  }
  /// Another file, of `size` bytes.
  void ask(std::uint64_t size) {
    const std::string said = event("allow_upload", musubi::test::asking("photo", "a.png", size));
    const std::string ref = musubi::test::quoted_after(said, R"("entry_ref":")");
    if (ref.empty()) return;
    topic = "musubi_upload:" + ref;
    token = musubi::test::quoted_after(said, R"("token":")");
  }
  std::string join(std::string_view with, std::string_view ref) {
    return say(client_text("[\"" + std::string(ref) + "\",\"" + std::string(ref) + "\",\"" + topic +
                           R"(","phx_join",{"token":")" + std::string(with) + "\"}]"));
  }
  void close() { end_.close(); }

  std::string topic;
  std::string token;

 private:
  host& host_;
  musubi::memory_port::client end_;
};

constexpr std::string_view events[] = {"allow_upload", "cancel_upload", "upload_progress",
                                       "upload_error"};
constexpr std::string_view commands[] = {"save", "peek", "clear", "hold"};

/// The inside of a JSON string, whatever the bytes.
std::string harmless(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const bool good = c >= ' ' && c < 127 && c != '"' && c != '\\';
    text += good ? c : '?';
  }
  return text;
}

void step(sender& page, host& served, musubi::test::darkroom& here, unsigned what,
          std::string_view bytes) {
  switch (what % 10) {
    case 0:
      return page.ask(bytes.size());
    case 1:
      return void(page.join(page.token, "5"));
    case 2: {
      if (harmless(bytes) == page.token) return;
      // an answer to an earlier join may come in between
      const std::string said = page.join(harmless(bytes), "6");
      const std::string opened = R"(["6","6",")" + page.topic + R"(","phx_reply",{"status":"ok")";
      return require(said.find(opened) == std::string::npos);
    }
    case 3:
      return void(page.say(client_frame(0x2, binary_push("5", "9", page.topic, "chunk", bytes))));
    case 4:
      return void(page.say(client_frame(0x2, bytes)));
    case 5:
      if (bytes.empty()) return;
      return void(page.event(events[static_cast<unsigned char>(bytes[0]) % 4], bytes.substr(1)));
    case 6:
      return void(
          page.event("command", R"({"name":")" + std::string(commands[bytes.size() % 4]) + "\"}"));
    case 7:
      here.gate.notify();
      return require(served.run_for(std::chrono::seconds(bytes.size())));
    case 8:
      for (musubi::test::paper& each : here.papers) {
        each.on_write = musubi::upload_step(bytes.size() % 3);
        each.on_finish = musubi::upload_step(bytes.size() / 3 % 3);
        each.settled(bytes.size() % 2 == 0);
      }
      return require(served.settle());
    default:
      return void(page.say(client_text("[\"5\",\"8\",\"" + page.topic + "\",\"phx_leave\",{}]")));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  musubi::test::darkroom here;
  host served(
      {.limits = musubi::test::small_limits(), .sizes = {.streams = 4, .pipe_bytes = 8192}});
  {
    sender page(served);
    page.ask(150);
    while (input.size() >= 2) {
      const unsigned what = static_cast<unsigned char>(input[0]);
      const std::size_t length =
          std::min<std::size_t>(static_cast<unsigned char>(input[1]), input.size() - 2);
      step(page, served, here, what, input.substr(2, length));
      input.remove_prefix(2 + length);
      for (const musubi::test::paper& each : here.papers) require(each.text.size() <= 255);
    }
    page.close();
  }
  here.gate.notify();
  require(served.run_for(700s));  // every deadline
  served.core().each_pool([](const musubi::pool_metrics& pool) { require(pool.used == 0); });
  require(here.in_use() == 0);
  return 0;
}
