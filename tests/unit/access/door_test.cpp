/// Signing in and out over HTTP, and what the sockets of a door may do.
#include "access_files.hpp"
#include "sign_in.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include <musubi/access/visitor.hpp>
#include <musubi/hosted/internal/work_queue.hpp>
#include <musubi/musubi.hpp>

namespace musubi::test {
namespace {

using access::role;

access::door_for<access::door_limits{
    .sessions = 6, .sessions_per_user = 3, .sign_ins = 2, .addresses = 16}>
    door;

/// What can be done in it needs different roles.
struct plant {
  static constexpr std::string_view module = "Test.Plant";
  struct State {
    access::role role;
    access::user_name user;
    std::int32_t level;
  };
  struct Look {
    static constexpr auto needs = role::viewer;
  };
  struct Turn {
    static constexpr auto needs = role::operator_;
    std::int32_t by;
  };
  struct Format {
    static constexpr auto needs = role::admin;
  };
  struct Wave {
    std::optional<std::int32_t> needs;  // a field, and no declaration
  };
  using commands = musubi::commands<Look, Turn, Format, Wave>;

  status handle(const Look&, context&) { return {}; }
  status handle(const Turn& command, context&) {
    level += command.by;
    return {};
  }
  status handle(const Format&, context&) { return {}; }
  status handle(const Wave&, context&) { return {}; }
  State render(const context& ctx) const {
    return {access::role_of(ctx), access::name_of(ctx), level};
  }
  std::int32_t level = 0;
};

struct plant_socket : access::visitor_of<door> {
  using roots = musubi::roots<plant>;
  using gets = login_gets<>;
};

constexpr const char* here = "192.0.2.7:1000";
constexpr const char* elsewhere = "198.51.100.9:1000";

class a_door : public testing::Test {
 protected:
  a_door() {
    EXPECT_TRUE(users.put(user_of("vera", role::viewer, "viewer's password")));
    EXPECT_TRUE(users.put(user_of("olga", role::operator_, "operator's password")));
    EXPECT_TRUE(users.put(user_of("ada", role::admin, "admin's password")));
  }
  ~a_door() override {
    server.reset();
    EXPECT_FALSE(queue.run_next()) << "work is left";
    using type = decltype(door);
    door.~type();
    new (&door) type();
  }
  void save() { EXPECT_EQ(access::users_file(files.users()).save(users).view(), ""); }
  void open(access::door_options wanted = {}) {
    save();
    wanted.users = files.users();
    ASSERT_EQ(door.open(wanted), "");
    serve();
  }
  void serve() {
    limits configured = small_limits();
    configured.requests = 8;
    configured.frames = {{{512, 32}, {1024, 32}, {4096, 16}, {16384, 4}}};
    server.emplace(memory_port::options{.limits = configured});
    server->core().loop().employ(queue);
    ASSERT_TRUE(door.guard(server->host()).ok());
    server->run();
  }
  void work() {
    while (queue.run_next()) server->run();
  }
  void pass(duration span) {
    // step by step, as the look at the file is offloaded
    for (duration left = span; left > duration::zero(); left -= 1s) {
      server->run_for(std::min<duration>(left, 1s));
      work();
    }
  }

  response get(std::string_view path, std::string_view fields = {}, const char* from = here) {
    return server->connection(from).get(path, fields);
  }
  response session(std::string_view fields, const char* from = here) {
    return get("/session", fields, from);
  }
  response fetch(const response& begun, const char* from = here) {
    return session(ticket_of(begun), from);
  }
  /// The last answer to an attempt.
  response sign_in(std::string_view name, std::string_view password, const char* from = here) {
    response answer = session(authorization(name, password), from);
    if (answer.status != 202) return answer;
    work();
    return fetch(answer, from);
  }
  std::string signed_in(std::string_view name, const char* from = here) {
    const std::string role = name == "vera" ? "viewer" : name == "olga" ? "operator" : "admin";
    const response answer = sign_in(name, role + "'s password", from);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return cookie_of(answer);
  }
  browser page_of(const std::string& cookie) { return server->open({.fields = cookie}); }
  int knock(const std::string& cookie) {
    return server->connection(here).upgrade({.fields = cookie}).status;
  }
  static std::string reply(browser& page, root& mounted, std::string_view command,
                           std::string_view payload = "{}") {
    const std::string ref = mounted.command(command, payload);
    const std::string all = page.all();
    if (all.find(mounted.ok(ref)) != std::string::npos) return "ok";
    return all;
  }

  access_files files;
  access::user_list users;
  hosted::work_queue queue{8};
  std::optional<served<plant_socket>> server;
};

// --- signing in ---

TEST_F(a_door, lets_in_who_knows_the_password) {
  open();
  const response answer = sign_in("olga", "operator's password");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"name":"olga","role":"operator","sign_in":true})");
  EXPECT_EQ(knock(cookie_of(answer)), 101);
  EXPECT_EQ(session(cookie_of(answer)).body, answer.body);
}

TEST_F(a_door, gives_a_cookie_that_no_script_and_no_other_site_can_use) {
  open();
  const std::string set = sign_in("olga", "operator's password").field("Set-Cookie").value_or("");
  EXPECT_TRUE(set.starts_with("musubi_session="));
  EXPECT_TRUE(set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800")) << set;
}

TEST_F(a_door, gives_a_cookie_for_tls_alone_where_it_is_told_to) {
  open({.secure = true});
  EXPECT_TRUE(sign_in("ada", "admin's password").field("Set-Cookie")->ends_with("; Secure"));
}

TEST_F(a_door, gives_a_cookie_for_tls_alone_behind_a_proxy_that_has_it) {
  open();
  const response begun = session(authorization("ada", "admin's password"));
  work();
  const response answer =
      session("X-Forwarded-Proto: https\r\nX-Login-Ticket: " + member(begun, "ticket") + "\r\n");
  EXPECT_TRUE(answer.field("Set-Cookie").value_or("").ends_with("; Secure"));
}

TEST_F(a_door, is_closed_for_strangers) {
  open();
  EXPECT_EQ(knock({}), 403);
  const response why = get("/socket/websocket?vsn=2.0.0");
  EXPECT_EQ(why.status, 403);
  EXPECT_EQ(why.body, "sign in first\n");
  EXPECT_EQ(session({}).body, R"({"name":null,"role":"none","sign_in":true})");
}

TEST_F(a_door, answers_a_wrong_name_as_a_wrong_password) {
  open();
  const response name = sign_in("nobody", "operator's password");
  const response password = sign_in("olga", "wrong password");
  EXPECT_EQ(name.status, 403);
  EXPECT_EQ(name.body, R"({"reason":"wrong name or password","wait":0})");
  EXPECT_EQ(name.head, password.head);
  EXPECT_EQ(name.body, password.body);
  EXPECT_FALSE(password.field("Set-Cookie"));
}

TEST_F(a_door, refuses_what_is_no_name_and_password) {
  open();
  for (const std::string& field :
       {std::string("Authorization: Basic !!!\r\n"), std::string("Authorization: Bearer x\r\n"),
        std::string("Authorization: Basic b2xnYQ==\r\n"), authorization("olga", ""),
        authorization("olga", std::string(73, 'x')), authorization(std::string(33, 'x'), "y"),
        authorization("", ""), authorization("olga", std::string(500, 'x'))}) {
    response answer = session(field);
    work();
    if (answer.status == 202) answer = fetch(answer);
    EXPECT_EQ(answer.status, 403) << field;
  }
}

TEST_F(a_door, answers_others_while_a_password_is_checked) {
  open();
  const std::string olga = signed_in("olga");
  browser page = page_of(olga);
  root mounted = page.mounted("Test.Plant");
  const response begun = session(authorization("ada", "admin's password"), elsewhere);
  EXPECT_EQ(begun.status, 202);
  EXPECT_EQ(fetch(begun, elsewhere).status, 202);  // nobody has done the work yet
  EXPECT_EQ(reply(page, mounted, "turn", R"({"by":1})"), "ok");
  EXPECT_EQ(get("/login").status, 200);
  work();
  EXPECT_EQ(fetch(begun, elsewhere).status, 200);
}

TEST_F(a_door, tells_an_answer_once_and_to_the_address_that_asked) {
  open();
  const response begun = session(authorization("ada", "admin's password"));
  work();
  EXPECT_EQ(fetch(begun, elsewhere).status, 403);
  EXPECT_EQ(fetch(begun).status, 200);
  EXPECT_EQ(fetch(begun).status, 403);
  EXPECT_EQ(session("X-Login-Ticket: \r\n").status, 403);
  EXPECT_EQ(session("X-Login-Ticket: aaaaaaaaaaaaaaaaaaaaaa\r\n").status, 403);
}

TEST_F(a_door, forgets_an_answer_that_nobody_fetches) {
  open();
  const response begun = session(authorization("ada", "admin's password"));
  work();
  pass(40s);
  (void)sign_in("olga", "operator's password", elsewhere);
  EXPECT_EQ(fetch(begun).status, 403);
}

TEST_F(a_door, checks_so_many_passwords_at_once_and_refuses_another) {
  open();
  EXPECT_EQ(session(authorization("ada", "x"), "192.0.2.1:1").status, 202);
  EXPECT_EQ(session(authorization("ada", "x"), "192.0.2.1:2").status, 503);  // one of an address
  EXPECT_EQ(session(authorization("ada", "x"), "192.0.2.2:1").status, 202);
  const response busy = session(authorization("ada", "x"), "192.0.2.3:1");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.field("Retry-After"), "1");
  work();
}

TEST_F(a_door, does_not_let_another_site_sign_anybody_in_or_out) {
  open();
  const std::string olga = signed_in("olga");
  const std::string foreign = "Sec-Fetch-Site: cross-site\r\n";
  EXPECT_EQ(session(foreign + authorization("olga", "operator's password")).status, 403);
  EXPECT_EQ(session(foreign + "X-Sign-Out: 1\r\n" + olga).status, 403);
  EXPECT_EQ(knock(olga), 101);
  // a page of another site can send such headers only after a preflight, which is not answered
  const response preflight = server->connection(here).request(
      "OPTIONS /session HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n");
  EXPECT_EQ(preflight.status, 405);
  EXPECT_FALSE(preflight.field("Access-Control-Allow-Origin"));
}

// --- guessing ---

TEST_F(a_door, makes_who_guesses_wait_longer_each_time) {
  open();
  int wrong = 0;
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    const response answer = sign_in("olga", "guess " + std::to_string(i));
    (answer.status == 429 ? refused : wrong) += 1;
    EXPECT_EQ(answer.field("Retry-After").has_value(), answer.status == 429);
  }
  EXPECT_EQ(wrong, 5);
  EXPECT_EQ(refused, 15);
  // also the right one, so that nobody learns that it is
  EXPECT_EQ(sign_in("olga", "operator's password").status, 429);
  pass(2s);
  EXPECT_EQ(sign_in("olga", "guess again").status, 403);
  EXPECT_EQ(sign_in("olga", "operator's password").field("Retry-After"), "2");
  pass(3s);
  EXPECT_EQ(sign_in("olga", "operator's password").status, 200);
}

TEST_F(a_door, does_not_lock_out_a_user_whom_somebody_guesses_at_from_other_addresses) {
  open();
  std::string from[12];
  for (int address = 0; address < 12; ++address) {
    from[address] = "203.0.113." + std::to_string(address) + ":1";
    for (int i = 0; i < 6; ++i)
      (void)sign_in("olga", "guess " + std::to_string(i), from[address].c_str());
  }
  EXPECT_EQ(sign_in("olga", "operator's password").status, 200);
  EXPECT_EQ(sign_in("ada", "admin's password").status, 200);
}

TEST_F(a_door, gives_each_address_one_free_attempt_at_a_name_that_many_guess_at) {
  open();
  std::string from[6];
  for (int address = 0; address < 6; ++address) {
    from[address] = "203.0.113." + std::to_string(address) + ":1";
    for (int i = 0; i < 5; ++i)
      (void)sign_in("olga", "guess " + std::to_string(i), from[address].c_str());
  }
  EXPECT_EQ(sign_in("olga", "one").status, 403);
  EXPECT_EQ(sign_in("olga", "two").status, 429);
  EXPECT_EQ(sign_in("vera", "one").status, 403);  // others have a few
  EXPECT_EQ(sign_in("vera", "two").status, 403);
}

TEST_F(a_door, counts_on_while_somebody_signs_in_with_an_own_password_in_between) {
  open();
  int wrong = 0;
  for (int i = 0; i < 30; ++i) {
    (void)sign_in("vera", "viewer's password");
    if (sign_in("ada", "guess " + std::to_string(i)).status == 403) ++wrong;
  }
  EXPECT_EQ(wrong, 5);
}

TEST_F(a_door, counts_wrong_attempts_of_all_names_at_an_address) {
  open();
  int wrong = 0;
  for (int i = 0; i < 60; ++i) {
    if (sign_in("name" + std::to_string(i), "the usual password").status == 403) ++wrong;
  }
  EXPECT_EQ(wrong, 21);
  EXPECT_EQ(sign_in("olga", "operator's password", elsewhere).status, 200);
}

// --- sessions ---

TEST_F(a_door, does_not_take_a_forged_a_wrong_or_an_old_cookie) {
  open({.idle = 10min, .longest = 1h});
  const std::string olga = signed_in("olga");
  std::string forged = olga;
  forged[forged.size() - 4] = forged[forged.size() - 4] == 'A' ? 'B' : 'A';
  EXPECT_EQ(knock(forged), 403);
  EXPECT_EQ(knock("Cookie: musubi_session=\r\n"), 403);
  EXPECT_EQ(knock("Cookie: musubi_session=" + std::string(43, 'A') + "\r\n"), 403);
  EXPECT_EQ(knock("Cookie: musubi_session_4000=" + olga.substr(olga.find('=') + 1)), 403);
  EXPECT_EQ(knock(olga), 101);
  pass(11min);
  EXPECT_EQ(knock(olga), 403);
}

TEST_F(a_door, keeps_a_session_while_a_page_is_open_until_its_longest_life) {
  open({.idle = 10min, .longest = 1h});
  const std::string olga = signed_in("olga");
  browser page = page_of(olga);
  for (int half = 0; half < 110; ++half) {
    pass(30s);
    (void)page.heartbeat();
    ASSERT_NE(page.all(), "") << half;
  }
  for (int half = 0; half < 12; ++half) {
    pass(30s);
    (void)page.heartbeat();
  }
  EXPECT_EQ(page.close_code(), 1008);
  EXPECT_EQ(knock(olga), 403);
}

TEST_F(a_door, signs_out_this_browser_and_no_other) {
  open();
  const std::string first = signed_in("olga");
  const std::string second = signed_in("olga");
  browser one = page_of(first);
  browser other = page_of(second);
  const response answer = session("X-Sign-Out: 1\r\n" + first);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.field("Set-Cookie").value_or("").starts_with("musubi_session=; "));
  EXPECT_NE(answer.field("Set-Cookie")->find("Max-Age=0"), std::string::npos);
  server->run();
  EXPECT_EQ(one.close_code(), 1008);
  EXPECT_EQ(other.close_code(), 0);
  EXPECT_EQ(knock(first), 403);
  EXPECT_EQ(knock(second), 101);
}

TEST_F(a_door, refuses_a_newcomer_when_all_sessions_are_taken) {
  open();
  for (const char* name : {"ada", "ada", "ada", "olga", "olga", "olga"}) (void)signed_in(name);
  EXPECT_EQ(door.sessions_open(), 6U);
  const response full = sign_in("vera", "viewer's password");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.body, R"({"reason":"exhausted: sessions","wait":60})");
  EXPECT_EQ(sign_in("ada", "admin's password").status, 200);  // in place of an own one
  EXPECT_EQ(door.sessions_open(), 6U);
}

TEST_F(a_door, takes_a_new_session_in_place_of_the_one_that_a_browser_has) {
  open();
  const std::string before = signed_in("olga");
  const response begun = session(authorization("ada", "admin's password") + before);
  work();
  const response answer = session(ticket_of(begun) + before);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(knock(before), 403);
  EXPECT_EQ(door.sessions_open(), 1U);
}

TEST_F(a_door, asks_everybody_to_sign_in_again_after_a_restart) {
  open();
  const std::string olga = signed_in("olga");
  server.reset();
  using type = decltype(door);
  door.~type();
  new (&door) type();
  open();
  EXPECT_EQ(knock(olga), 403);
  EXPECT_EQ(knock(signed_in("olga")), 101);
}

// --- roles ---

TEST_F(a_door, lets_each_role_send_its_commands_and_those_before_it) {
  open();
  struct expectation {
    const char* name;
    bool turn;
    bool format;
  };
  for (const auto& [name, turn, format] :
       {expectation{"vera", false, false}, {"olga", true, false}, {"ada", true, true}}) {
    browser page = page_of(signed_in(name));
    root mounted = page.mounted("Test.Plant");
    EXPECT_EQ(reply(page, mounted, "look"), "ok") << name;
    EXPECT_EQ(reply(page, mounted, "wave", R"({"needs":null})"), "ok") << name;
    EXPECT_EQ(reply(page, mounted, "turn", R"({"by":1})") == "ok", turn) << name;
    EXPECT_EQ(reply(page, mounted, "format") == "ok", format) << name;
  }
}

TEST_F(a_door, refuses_a_command_as_forbidden_before_its_payload_is_read) {
  open();
  browser page = page_of(signed_in("vera"));
  root mounted = page.mounted("Test.Plant");
  for (const char* payload : {R"({"by":1})", R"({"by":"x"})", "{}"}) {
    const std::string ref = mounted.command("turn", payload);
    EXPECT_EQ(page.next(),
              mounted.refused(ref, R"({"reason":"forbidden","expected":"the role operator"})"));
  }
  EXPECT_TRUE(page.silent());  // nothing has changed
}

TEST_F(a_door, shows_a_store_who_looks_at_it) {
  open();
  browser page = page_of(signed_in("vera"));
  const root mounted = page.join("Test.Plant");
  EXPECT_NE(page.all().find(R"("role":"viewer","user":"vera")"), std::string::npos);
}

TEST_F(a_door, makes_everybody_a_viewer_when_it_is_read_only) {
  open({.read_only = true});
  const response answer = sign_in("ada", "admin's password");
  EXPECT_EQ(member(answer, "role"), "viewer");
  browser page = page_of(cookie_of(answer));
  root mounted = page.mounted("Test.Plant");
  EXPECT_EQ(reply(page, mounted, "look"), "ok");
  EXPECT_NE(reply(page, mounted, "turn", R"({"by":1})"), "ok");
}

TEST_F(a_door, without_users_is_open_for_everybody) {
  ASSERT_EQ(door.open({}), "");
  serve();
  EXPECT_EQ(session({}).body, R"({"name":null,"role":"admin","sign_in":false})");
  EXPECT_EQ(session(authorization("x", "y")).status, 200);
  browser page = page_of({});
  root mounted = page.mounted("Test.Plant");
  EXPECT_EQ(reply(page, mounted, "format"), "ok");
}

TEST_F(a_door, without_users_may_let_everybody_look_only) {
  ASSERT_EQ(door.open({.everybody = role::operator_, .read_only = true}), "");
  serve();
  browser page = page_of({});
  root mounted = page.mounted("Test.Plant");
  EXPECT_EQ(reply(page, mounted, "look"), "ok");
  EXPECT_NE(reply(page, mounted, "turn", R"({"by":1})"), "ok");
}

// --- changes at run time ---

TEST_F(a_door, closes_the_sockets_of_a_viewer_who_was_made_operator) {
  open();
  const std::string vera = signed_in("vera");
  browser page = page_of(vera);
  browser other = page_of(signed_in("olga"));
  access::user promoted = *users.find("vera");
  promoted.role = role::operator_;
  ASSERT_TRUE(users.put(promoted));
  save();
  pass(3s);
  EXPECT_EQ(page.close_code(), 1008);
  EXPECT_EQ(other.close_code(), 0);
  EXPECT_EQ(knock(vera), 403);
  const response again = sign_in("vera", "viewer's password");
  EXPECT_EQ(member(again, "role"), "operator");
  browser fresh = page_of(cookie_of(again));
  root mounted = fresh.mounted("Test.Plant");
  EXPECT_EQ(reply(fresh, mounted, "turn", R"({"by":1})"), "ok");
}

TEST_F(a_door, obeys_no_socket_whose_session_has_ended_even_before_it_is_closed) {
  open();
  browser page = page_of(signed_in("olga"));
  root mounted = page.mounted("Test.Plant");
  access::user_list others;
  ASSERT_TRUE(others.put(*users.find("ada")));
  door.replace_users(others);  // the host has not heard of it yet
  const std::string ref = mounted.command("turn", R"({"by":1})");
  EXPECT_EQ(page.all().find(mounted.ok(ref)), std::string::npos);
  server->run();
  EXPECT_EQ(page.close_code(), 1008);
}

TEST_F(a_door, closes_the_sockets_of_a_user_with_another_password) {
  open();
  const std::string olga = signed_in("olga");
  browser page = page_of(olga);
  ASSERT_TRUE(users.put(user_of("olga", role::operator_, "another password")));
  save();
  pass(3s);
  EXPECT_EQ(page.close_code(), 1008);
  EXPECT_EQ(sign_in("olga", "operator's password").status, 403);
  EXPECT_EQ(sign_in("olga", "another password").status, 200);
}

TEST_F(a_door, does_not_let_in_who_was_removed_while_the_password_was_checked) {
  open();
  const response begun = session(authorization("olga", "operator's password"));
  work();
  access::user_list others;
  ASSERT_TRUE(others.put(*users.find("ada")));
  door.replace_users(others);
  EXPECT_EQ(fetch(begun).status, 403);
}

TEST_F(a_door, keeps_its_users_when_the_file_cannot_be_read_any_more) {
  open();
  const std::string olga = signed_in("olga");
  files.write("half a li");
  pass(3s);
  EXPECT_EQ(knock(olga), 101);
  files.write("", std::filesystem::perms{0644});
  pass(3s);
  EXPECT_EQ(knock(olga), 101);
  std::filesystem::remove(files.users());
  pass(3s);
  EXPECT_EQ(knock(olga), 101);
}

// --- at the start ---

TEST_F(a_door, does_not_open_without_users_in_its_file) {
  EXPECT_EQ(door.open({.users = files.users()}), files.users() + ": there are no users yet");
  files.write("# nobody\n");
  EXPECT_EQ(door.open({.users = files.users()}), files.users() + ": there are no users yet");
  files.write("# nobody\n", std::filesystem::perms{0644});
  EXPECT_EQ(door.open({.users = files.users()}),
            files.users() + ": others may read or change it: chmod 600");
}

TEST_F(a_door, uses_no_heap_once_it_is_open) {
  open();
  (void)signed_in("olga");
  const std::string begin = authorization("olga", "operator's password");
  browser page = server->connection(here);
  const heap_watch watch;
  const auto now = server->core().loop().now();
  server->core().loop().make_current();
  const auto begun = door.sign_in(here, "olga", "operator's password", now);
  EXPECT_TRUE(queue.run_next());
  const auto answer = door.fetch(here, begun.ticket, now);
  EXPECT_EQ(watch.allocations(), 0U);
  EXPECT_EQ(answer.what, access::sign_in_answer::kind::right);
  server->run();
}

// --- the page ---

TEST_F(a_door, serves_a_page_that_names_no_other_site_and_has_nothing_secret) {
  open();
  for (const auto& [path, type] : {std::pair("/login", "text/html; charset=utf-8"),
                                   std::pair("/login.css", "text/css; charset=utf-8"),
                                   std::pair("/login.js", "text/javascript; charset=utf-8")}) {
    const response page = get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.field("Content-Type"), type);
    EXPECT_EQ(page.body.find("http://"), std::string::npos) << path;
    EXPECT_EQ(page.body.find("olga"), std::string::npos);
    EXPECT_NE(page.field("Content-Security-Policy")->find("default-src 'none'"), std::string::npos);
    EXPECT_FALSE(page.field("Set-Cookie"));
  }
}

}  // namespace
}  // namespace musubi::test
