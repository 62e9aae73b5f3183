#pragma once
/// A pool that is used up, and who must not notice.

#include "support/board.hpp"
#include "support/served.hpp"

#include <vector>

namespace musubi::test {

/// A host with one limit lowered, and a bystander on it who must not notice.
template <class Socket>
class crowded_host {
 public:
  template <class Lower>
  explicit crowded_host(Lower&& lower) : server(options_with(lower)) {
    bystander = std::make_unique<browser>(server.open());
    quiet = std::make_unique<root>(bystander->mounted("Test.Board", "bystander"));
    at_rest_ = server.in_use();
  }
  void expect_bystander_well() {
    const std::string ref = quiet->command("add", R"({"amount":1})");
    EXPECT_EQ(bystander->next(), quiet->ok(ref));
    ++version_;
    EXPECT_EQ(bystander->next(),
              quiet->patch(version_, replace("/count", std::to_string(version_ - 1))));
  }
  /// All is as before the crowd came.
  void expect_recovered() {
    server.run_for(1s);
    EXPECT_EQ(server.in_use(), at_rest_);
    browser fresh = server.open();
    (void)fresh.mounted("Test.Board");
    fresh.close();
    expect_bystander_well();
  }

  surroundings here;
  served<Socket> server;
  std::unique_ptr<browser> bystander;
  std::unique_ptr<root> quiet;

 private:
  template <class Lower>
  static memory_port::options options_with(Lower&& lower) {
    memory_port::options chosen{.limits = small_limits(), .sizes = {.pipe_bytes = 4096}};
    lower(chosen.limits);
    EXPECT_EQ(chosen.limits.violation(), "");
    return chosen;
  }
  std::string at_rest_;
  int version_ = 1;
};

/// The response that names an empty pool.
inline std::string exhausted(std::string_view pool) {
  return R"({"reason":"exhausted","pool":")" + std::string(pool) + "\"}";
}

}  // namespace musubi::test
