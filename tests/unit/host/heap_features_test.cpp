/// Nothing is asked of the heap by children, streams, events, tasks, updates and hooks either.

#include "support/client_bytes.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"
#include "support/workshop.hpp"

#include <array>
#include <gtest/gtest.h>

namespace musubi::test {
namespace {

/// A client whose messages are made before anything is counted.
class quiet_client {
 public:
  explicit quiet_client(memory_port::host<workshop_socket>& host) : host_(host) {}

  bool connect() {
    end_ = host_.connect();
    return static_cast<bool>(end_);
  }
  void hang_up() {
    end_.close();
    host_.settle();
  }
  /// Whether `answer` comes within ten milliseconds.
  bool says(std::string_view bytes, std::string_view answer) {
    (void)end_.write(bytes);
    size_ = 0;
    for (int i = 0; i < 10; ++i) {
      host_.run_for(a_moment);
      size_ += end_.read(std::as_writable_bytes(std::span(heard_).subspan(size_)));
      if (std::string_view(heard_.data(), size_).find(answer) != std::string_view::npos) {
        return true;
      }
    }
    return false;
  }

 private:
  memory_port::host<workshop_socket>& host_;
  memory_port::client end_;
  std::array<char, 16384> heard_{};
  std::size_t size_ = 0;
};

struct step {
  const char* what;
  std::string bytes;
  std::string answer;
};

std::string command(std::string_view name, std::string_view payload = "{}",
                    std::string_view store_id = "[]") {
  return client_text(R"(["1","2","musubi:connection:w","command",{"name":")" + std::string(name) +
                     R"(","payload":)" + std::string(payload) + R"(,"store_id":)" +
                     std::string(store_id) + "}]");
}

/// Each feature, in an order in which each has something to do.
std::vector<step> life() {
  const std::string join =
      client_text(R"(["1","1","musubi:connection:w","phx_join",)"
                  R"({"module":"Test.Workshop","id":"w","params":{"tools":2}}])");
  const std::string leave = client_text(R"(["1","3","musubi:connection:w","phx_leave",{}])");
  return {
      {"connect", upgrade_text(), "101 Switching"},
      {"mount children", join, R"("__musubi_store_id__":["tools","tool 1"])"},
      {"place more", command("place", R"({"tools":6})"), R"("path":"/tools/5")"},
      {"use a child", command("use", "{}", R"(["tools","tool 5"])"),
       R"("path":"/tools/5/length/result","value":7)"},
      {"drop children", command("place", R"({"tools":1})"), R"("op":"remove","path":"/tools/1")"},
      {"an unknown child", command("use", "{}", R"(["tools","tool 5"])"), "unknown store"},
      {"fill a stream", command("fill", R"({"parts":20})"), "parts-19"},
      {"an event", command("ring"), R"("name":"finished")"},
      {"assign_async", command("measure"), R"("path":"/length/result","value":7)"},
      {"start_async", command("inspect"), R"("path":"/width","value":8)"},
      {"stream_async", command("stock"), "stock-3"},
      {"use again", command("use", "{}", R"(["tools","tool 0"])"),
       R"("path":"/tools/0/length/result","value":7)"},
      {"send_update", command("repair"), R"("path":"/tools/0/uses","value":0)"},
      {"a task that nobody waits for", command("measure"), "phx_reply"},
      {"leave", leave, "phx_close"},
      {"mount again", join, "\"base_version\":0"},
      {"close", client_frame(0x8, "\x03\xe8"), "\x88\x02\x03\xe8"},
  };
}

TEST(the_heap, is_not_asked_for_anything_by_what_stores_do_beside_their_state) {
  memory_port::host<workshop_socket> host({.limits = small_limits()});
  const std::vector<step> steps = life();
  quiet_client client(host);
  heap_watch watch;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(client.connect());
    for (const step& each : steps) {
      ASSERT_TRUE(client.says(each.bytes, each.answer)) << each.what << ", client " << i;
      ASSERT_EQ(watch.allocations(), 0U) << each.what << ", client " << i;
    }
    client.hang_up();
  }
  EXPECT_EQ(in_use(host.core()), "");
}

}  // namespace
}  // namespace musubi::test
