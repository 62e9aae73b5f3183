/// One door before a host of several cores, over real sockets: the system decides which core serves
/// a connection, and a browser's requests and pages may each be on another.
#include "access_files.hpp"
#include "sign_in.hpp"
#include "support/running_host.hpp"
#include "support/socket_pipe.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <musubi/access/visitor.hpp>
#include <musubi/asio/host.hpp>
#include <musubi/memory/decimal.hpp>

namespace musubi::test {
namespace {

using access::role;

constexpr unsigned cores = 3;
/// Further cores, for one test.
constexpr unsigned most_cores = 17;

access::door_for<access::door_limits{.sessions = 24, .sign_ins = 8, .addresses = 16}> shared_door;

/// The cores of the test's host, in the order in which they asked for their number.
std::array<std::atomic<runtime*>, cores> known;

/// The number of the core that this thread serves.
std::int32_t core_here() noexcept {
  runtime* const here = runtime::current();
  std::int32_t number = 0;
  for (std::atomic<runtime*>& each : known) {
    runtime* nobody = nullptr;
    if (each.compare_exchange_strong(nobody, here) || nobody == here) break;
    ++number;
  }
  return number;
}

struct mine {
  static constexpr std::string_view module = "Test.Mine";
  struct State {
    access::role role;
  };
  struct Dig {
    static constexpr auto needs = role::operator_;
  };
  using commands = musubi::commands<Dig>;
  status handle(const Dig&, context&) { return {}; }
  State render(const context& ctx) const { return {access::role_of(ctx)}; }
};

/// Which core serves this connection.
struct which_core {
  static constexpr std::string_view path = "/core";
  status open(const get_request&, get_answer& answer) noexcept {
    (void)number_.append(decimal(core_here()));
    answer.whole(number_.view());
    return {};
  }
  text<4> number_;
};

/// An attempt to sign in at a time that stands still, so that nobody is forgiven meanwhile.
struct attempt_at_noon {
  static constexpr std::string_view path = "/attempt";
  status open(const get_request& request, get_answer& answer) noexcept {
    const time_point noon = time_point() + std::chrono::hours(12);
    const std::string_view from = "192.0.2.7:1000";
    const auto ticket = request.header("X-Ticket");
    const access::sign_in_answer outcome =
        ticket ? shared_door.fetch(from, *ticket, noon)
               : shared_door.sign_in(from, "olga", request.header("X-Password").value_or(""), noon);
    using kind = access::sign_in_answer::kind;
    ticket_ = outcome.ticket;
    answer.whole(outcome.what == kind::checking ? ticket_.view()
                 : outcome.what == kind::wrong  ? "wrong"
                 : outcome.what == kind::wait   ? "wait"
                 : outcome.what == kind::busy   ? "busy"
                                                : "something else");
    return {};
  }
  text<22> ticket_;
};

struct mine_socket : access::visitor_of<shared_door> {
  using roots = musubi::roots<mine>;
  using gets = login_gets<which_core, attempt_at_noon>;
  using commands_need = access::role;
};
using mine_host = asio::host<mine_socket>;

asio::options options_for(unsigned wanted) {
  asio::options chosen;
  chosen.port = 0;
  chosen.cores = wanted;
  chosen.handle_signals = false;
  chosen.log_level = log_level::error;
  chosen.limits.connections = 64;
  chosen.limits.requests = 64;
  chosen.limits.pages = 64;
  chosen.limits.backlog_blocks = 64;
  chosen.limits.close_timeout = std::chrono::milliseconds(10);
  chosen.offload = {.threads = 2, .slots = 16};
  return chosen;
}

class a_door_of_several_cores : public testing::Test {
 protected:
  using pages = std::vector<std::unique_ptr<browser>>;

  a_door_of_several_cores() {
    EXPECT_TRUE(users_.put(user_of("vera", role::viewer, "viewer's password")));
    EXPECT_TRUE(users_.put(user_of("olga", role::operator_, "operator's password")));
    EXPECT_TRUE(users_.put(user_of("ada", role::admin, "admin's password")));
    EXPECT_EQ(access::users_file(files_.users()).save(users_).view(), "");
    EXPECT_EQ(shared_door.open({.users = files_.users()}), "");
  }
  ~a_door_of_several_cores() override {
    running_.reset();
    host_.reset();
    for (auto& each : known) each = nullptr;
    using type = decltype(shared_door);
    shared_door.~type();
    new (&shared_door) type();
  }
  void serve() {
    host_.emplace(options_for(cores));
    ASSERT_EQ(host_->problem(), "");
    ASSERT_TRUE(shared_door.guard(*host_).ok());
    running_.emplace(*host_);
  }

  std::unique_ptr<browser> connect() {
    return std::make_unique<browser>(
        std::make_unique<socket_pipe>(socket_end::to_port(host_->port())));
  }
  /// A connection to each core.
  pages one_on_each() {
    pages each(cores);
    std::size_t found = 0;
    for (int i = 0; found != cores && i < 1000; ++i) {
      std::unique_ptr<browser> made = connect();
      const std::string core = made->get("/core").body;
      std::unique_ptr<browser>& place = each.at(static_cast<std::size_t>(std::stoi(core)));
      if (place == nullptr) ++found;
      place = std::move(made);
    }
    EXPECT_EQ(found, cores);
    return each;
  }
  /// A page on each core, mounted by the one who has that cookie.
  pages mounted_on_each(const std::string& cookie) {
    pages each = one_on_each();
    for (const auto& page : each) {
      EXPECT_EQ(page->upgrade({.fields = cookie}).status, 101);
      (void)page->mounted("Test.Mine");
    }
    return each;
  }
  /// The last answer to an attempt.
  static response sign_in(browser& over, std::string_view name, std::string_view password) {
    response answer;
    do {
      answer = over.get("/session", authorization(name, password));
    } while (answer.status == 503);  // another password of this address is checked
    const std::string ticket = ticket_of(answer);
    while (answer.status == 202) answer = over.get("/session", ticket);
    return answer;
  }
  std::string signed_in(std::string_view name, std::string_view password) {
    const response answer = sign_in(*connect(), name, password);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return cookie_of(answer);
  }
  static void expect_closed(pages& all) {
    for (const auto& page : all) {
      while (!page->next().empty()) continue;
      EXPECT_EQ(page->close_code(), 1008);
    }
  }
  static void expect_open(pages& all) {
    for (const auto& page : all) {
      (void)page->heartbeat();
      EXPECT_NE(page->next().find("phx_reply"), std::string::npos);
    }
  }

  access_files files_;
  access::user_list users_;
  std::optional<mine_host> host_;
  std::optional<running_host<mine_host>> running_;
};

TEST_F(a_door_of_several_cores, knows_on_each_who_has_signed_in_on_one) {
  serve();
  const std::string olga = signed_in("olga", "operator's password");
  for (const auto& each : one_on_each()) {
    EXPECT_EQ(each->get("/session", olga).body,
              R"({"name":"olga","role":"operator","sign_in":true})");
    EXPECT_EQ(each->upgrade({.fields = olga}).status, 101);
    root mounted = each->mounted("Test.Mine");
    const std::string ref = mounted.command("dig");
    EXPECT_EQ(each->next(), mounted.ok(ref));
  }
}

TEST_F(a_door_of_several_cores, answers_on_one_what_was_asked_on_another) {
  serve();
  const pages each = one_on_each();
  const response begun = each[0]->get("/session", authorization("ada", "admin's password"));
  ASSERT_EQ(begun.status, 202) << begun.body;
  response answer;
  do {
    answer = each[1]->get("/session", ticket_of(begun));
  } while (answer.status == 202);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(each[2]->get("/session", ticket_of(begun)).status, 403);  // told once
}

TEST_F(a_door_of_several_cores, counts_the_attempts_of_an_address_once_for_all) {
  serve();
  const pages each = one_on_each();
  std::atomic<int> guesses = 0;            // each is another: to repeat one does not count
  std::array<std::atomic<int>, 2> told{};  // wrong, to wait
  std::vector<std::thread> guessing;
  for (const auto& over : each) {
    guessing.emplace_back([&guesses, &told, &end = *over] {
      for (int tries = 0; tries < 1'000'000; ++tries) {
        const std::string guess = std::to_string(++guesses);
        std::string answer = end.get("/attempt", "X-Password: guess " + guess + "\r\n").body;
        while (answer.size() == 22) {
          const std::string ticket = "X-Ticket: " + answer + "\r\n";
          const std::string next = end.get("/attempt", ticket).body;
          if (next != answer) answer = next;
        }
        if (answer == "wrong") ++told[0];
        if (answer == "wait") {
          ++told[1];
          return;
        }
        if (answer != "wrong" && answer != "busy") {
          ADD_FAILURE() << answer;
          return;
        }
      }
    });
  }
  for (std::thread& thread : guessing) thread.join();
  EXPECT_EQ(told[0], 5) << "as many as on one core";
  EXPECT_EQ(told[1], 3) << "each core lets it wait";
}

TEST_F(a_door_of_several_cores, closes_the_pages_of_a_changed_password_on_each) {
  serve();
  pages of_olga = mounted_on_each(signed_in("olga", "operator's password"));
  pages of_vera = mounted_on_each(signed_in("vera", "viewer's password"));
  ASSERT_TRUE(users_.put(user_of("olga", role::operator_, "another password")));
  std::thread([this] { shared_door.replace_users(users_); }).join();
  expect_closed(of_olga);
  expect_open(of_vera);
  pages again = mounted_on_each(signed_in("olga", "another password"));
  expect_open(again);
}

TEST_F(a_door_of_several_cores, signs_a_browser_out_on_each) {
  serve();
  const std::string ada = signed_in("ada", "admin's password");
  pages of_ada = mounted_on_each(ada);
  EXPECT_EQ(connect()->get("/session", "X-Sign-Out: 1\r\n" + ada).status, 200);
  expect_closed(of_ada);
  for (const auto& each : one_on_each()) EXPECT_EQ(each->upgrade({.fields = ada}).status, 403);
}

TEST_F(a_door_of_several_cores, stays_whole_while_people_come_and_go_and_their_roles_change) {
  serve();
  struct person {
    const char* name;
    const char* password;
  };
  constexpr person people[] = {
      {"vera", "viewer's password"}, {"olga", "operator's password"}, {"ada", "admin's password"}};
  std::array<pages, std::size(people)> left_open;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < std::size(people); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 12; ++round) {
        const response in = sign_in(*connect(), people[i].name, people[i].password);
        EXPECT_TRUE(in.status == 200 || in.status == 403) << in.status << in.body;
        const std::string cookie = cookie_of(in);
        std::unique_ptr<browser> page = connect();
        if (page->upgrade({.fields = cookie}).status != 101) continue;  // ended meanwhile
        (void)page->join("Test.Mine");
        if (round % 3 == 0) (void)connect()->get("/session", "X-Sign-Out: 1\r\n" + cookie);
        left_open[i].push_back(std::move(page));
      }
    });
  }
  std::atomic<bool> done = false;
  std::thread changing([&] {
    access::user_list changed = users_;
    for (unsigned turn = 0; !done; ++turn) {
      access::user vera = *users_.find("vera");
      if (turn % 2 == 0) vera.role = role::operator_;
      EXPECT_TRUE(changed.put(vera));
      shared_door.replace_users(changed);
      EXPECT_LE(shared_door.sessions_open(), 24U);
      std::this_thread::yield();
    }
  });
  for (std::thread& each : threads) each.join();
  done = true;
  changing.join();
  // of this thread the door thinks that it is a host's, which runs on another now
  std::thread([] { shared_door.replace_users({}); }).join();
  EXPECT_EQ(shared_door.sessions_open(), 0U);
  for (pages& each : left_open) expect_closed(each);
}

TEST_F(a_door_of_several_cores, does_not_guard_cores_that_it_could_not_tell_of_an_end) {
  mine_host many(options_for(most_cores));
  ASSERT_EQ(many.problem(), "");
  const status guarded = shared_door.guard(many);
  EXPECT_EQ(guarded.code(), errc::exhausted);
  EXPECT_EQ(guarded.reason(), "max_cores");
}

}  // namespace
}  // namespace musubi::test
