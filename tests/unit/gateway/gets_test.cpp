#include "sampling/news.hpp"
#include "stores/socket.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>

#include <musubi/memory_port/host.hpp>

namespace gateway::test {
namespace {

using namespace std::chrono_literals;

class the_gateways_gets : public testing::Test {
 protected:
  the_gateways_gets() { gateway_socket::token.clear(); }
  ~the_gateways_gets() override {
    gateway_socket::token.clear();
    news::machine_past.clear();
  }
  /// All that is said to a request, on a connection of its own.
  std::string get(const std::string& path, const std::string& fields = {}) {
    musubi::memory_port::client page = host.connect();
    (void)page.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
    std::string all;
    char some[512];
    host.settle();
    while (const std::size_t bytes = page.read(std::as_writable_bytes(std::span(some)))) {
      all.append(some, bytes);
      host.settle();
    }
    return all;
  }
  static bool says(const std::string& response, int status, std::string_view body) {
    return response.starts_with("HTTP/1.1 " + std::to_string(status)) && response.ends_with(body);
  }

  musubi::memory_port::host<gateway_socket> host;
};

vitals well() {
  vitals seen;
  seen.looks = 7;
  return seen;
}

TEST_F(the_gateways_gets, say_whether_it_is_well) {
  news::machine.set(well());
  EXPECT_TRUE(says(get("/health"), 200, R"({"status":"ok"})"));
  vitals old = well();
  old.processor.stale = true;
  news::machine.set(old);
  EXPECT_TRUE(says(get("/health"), 503, R"({"status":"stale"})"));
  news::machine.set(well());
}

TEST_F(the_gateways_gets, say_that_without_a_token) {
  ASSERT_TRUE(gateway_socket::token.assign("0123456789abcdef"));
  news::machine.set(well());
  EXPECT_TRUE(says(get("/health"), 200, R"({"status":"ok"})"));
}

TEST_F(the_gateways_gets, give_the_samples_of_the_charts) {
  host.run_for(10s);
  auto sample = news::machine_past.nothing();
  sample[machine_value::processor] = 12.5F;
  news::machine_past.add({}, {1, 7000, false}, sample);
  sample[machine_value::memory] = 3e9F;
  news::machine_past.add({}, {2, 8500, true}, sample);
  const std::string response = get("/readings.csv");
  EXPECT_NE(response.find("\r\nContent-Disposition: attachment; filename=\"readings.csv\"\r\n"),
            std::string::npos);
  EXPECT_NE(response.find("age_s,processor_percent,memory_bytes,received_bytes_per_s,"
                          "sent_bytes_per_s,read_bytes_per_s,written_bytes_per_s\n"
                          "3.0,12.5,,,,,\n1.5,12.5,3e+09,,,,\n"),
            std::string::npos)
      << response;
}

TEST_F(the_gateways_gets, give_all_samples_in_pieces) {
  for (std::uint32_t i = 1; i <= samples_kept; ++i) {
    auto sample = news::machine_past.nothing();
    sample.fill(1234567.0F);
    news::machine_past.add({}, {i, i, true}, sample);
  }
  const std::string response = get("/readings.csv");
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = response.find(",1234567,1234567\n", at)) != std::string::npos;
       ++at) {
    ++lines;
  }
  EXPECT_EQ(lines, samples_kept);
  EXPECT_TRUE(response.ends_with("\r\n0\r\n\r\n"));
}

TEST_F(the_gateways_gets, give_samples_only_to_those_with_the_token) {
  ASSERT_TRUE(gateway_socket::token.assign("0123456789abcdef"));
  EXPECT_TRUE(says(get("/readings.csv"), 403, "unauthorized\n"));
  EXPECT_TRUE(
      says(get("/readings.csv", "X-Phoenix-AuthToken: 0123456789abcdef\r\n"), 200, "0\r\n\r\n"));
}

}  // namespace
}  // namespace gateway::test
