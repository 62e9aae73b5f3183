/// Links to a real broker, and to brokers that behave badly. The network takes its time, so these
/// tests wait for what they expect; pauses between connections are on the clock of the test.

#include "support/mosquitto.hpp"
#include "support/patience.hpp"
#include "support/tls_files.hpp"
#include "unit/async/virtual_host.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <malloc.h>
#include <map>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <thread>
#include <vector>

#include <musubi/mqtt/link.hpp>

namespace musubi::mqtt {
namespace {

using namespace std::chrono_literals;
using test::mosquitto_broker;

struct reading {
  text<16> site;
  std::int32_t celsius;
};

/// A host, on whose clock an hour passes in a moment, or as on the wall.
struct program {
  /// Waits for the network until `expected`.
  bool until(const std::function<bool()>& expected,
             std::chrono::milliseconds most = test::patience) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!expected()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(200us);
      host.run_for(200us * pace);
    }
    return true;
  }
  /// Lets time pass on its clock, and a moment on the wall.
  void pass(duration time) {
    std::this_thread::sleep_for(200us);
    host.run_for(time);
  }
  /// How much faster its clock is than that of the wall.
  int pace = 1;

 private:
  test::virtual_host host;
};

/// What one program shares.
struct site {
  site(program& on, std::uint16_t port, std::string_view name, options chosen = {}) : host(on) {
    chosen.host = "127.0.0.1";
    chosen.port = port;
    chosen.client = name;
    hub = std::make_unique<link>(chosen);
    hub->share(target, "house/target");
    hub->share(alarms, "house/{site}/alarm");
    hub->share(readings, "house/{site}/reading", keeping::latest);
    alarms.local()->add(ear);
    readings.local()->add(reading_ear);
  }
  void start() {
    running = hub->run();
    running.start(nothing);
  }
  bool connected() { return hub->state().get().connected; }
  void connect() {
    start();
    ASSERT_TRUE(host.until([&] { return connected(); })) << hub->state().get().error.view();
  }
  static void hear(void* self, const void* message) noexcept {
    const auto& now = *static_cast<const reading*>(message);
    ++static_cast<site*>(self)->heard[std::string(now.site.view())];
    static_cast<site*>(self)->last = now.celsius;
    ++static_cast<site*>(self)->count;
  }
  struct idle_job : job {
    idle_job() noexcept : job([](job&) noexcept {}) {}
  };

  program& host;
  watch<std::int32_t> target{20};
  topic<reading> alarms;
  topic<reading> readings;
  std::map<std::string, int> heard;
  std::int32_t last = 0;
  int count = 0;
  direct_subscription ear{this, &hear};
  direct_subscription reading_ear{this, &hear};
  std::unique_ptr<link> hub;
  idle_job nothing;
  task<> running;
};

class links : public testing::Test {
 protected:
  void SetUp() override { broker.start(); }
  program host;
  // without a limit of its own on what waits for a slow client
  mosquitto_broker broker{"allow_anonymous true\nmax_queued_messages 0\n"};
};

TEST_F(links, share_a_value_and_messages) {
  site here(host, broker.port(), "here");
  site there(host, broker.port(), "there");
  here.connect();
  there.connect();
  here.target.set(23);
  EXPECT_TRUE(host.until([&] { return there.target.get() == 23; }));
  there.target.set(7);
  EXPECT_TRUE(host.until([&] { return here.target.get() == 7; }));
  here.count = 0;
  here.alarms.publish({"north", 1});
  there.alarms.publish({"south", 2});
  EXPECT_TRUE(host.until([&] { return here.heard["south"] == 1 && there.heard["north"] == 1; }));
  EXPECT_TRUE(host.until([&] { return here.hub->counters().echoes >= 2; }));
  EXPECT_EQ(here.count, 2);  // its own once, and not once more from the broker
}

TEST_F(links, give_a_latecomer_what_the_broker_retained) {
  site here(host, broker.port(), "here");
  here.connect();
  here.target.set(23);
  here.readings.publish({"north", 1});
  here.readings.publish({"north", 2});
  here.readings.publish({"south", 3});
  EXPECT_TRUE(host.until([&] { return here.hub->counters().sent >= 4; }));
  site late(host, broker.port(), "late");
  late.connect();
  EXPECT_TRUE(host.until([&] {
    return late.target.get() == 23 && late.heard["north"] == 1 && late.heard["south"] == 1;
  }));
}

TEST_F(links, tell_by_their_will_that_a_program_is_gone) {
  watch<text<16>> online;
  site watching(host, broker.port(), "watching");
  watching.hub->receive(online, "house/cellar/online");
  watching.connect();
  {
    options chosen;
    chosen.will = {"house/cellar/online", R"("offline")", R"("online")"};
    site cellar(host, broker.port(), "cellar", chosen);
    cellar.connect();
    EXPECT_TRUE(host.until([&] { return online.get() == "online"; }));
  }  // in order
  EXPECT_TRUE(host.until([&] { return online.get() == "offline"; }));
}

TEST_F(links, have_their_will_published_by_the_broker_when_they_are_cut_off) {
  watch<text<16>> online;
  site watching(host, broker.port(), "watching");
  watching.hub->receive(online, "house/cellar/online");
  watching.connect();
  options chosen;
  chosen.will = {"house/cellar/online", R"("offline")", R"("online")"};
  site cellar(host, broker.port(), "cellar", chosen);
  cellar.connect();
  EXPECT_TRUE(host.until([&] { return online.get() == "online"; }));
  site another(host, broker.port(), "cellar");  // without a will, and the first is thrown out
  another.connect();
  EXPECT_TRUE(host.until([&] { return online.get() == "offline"; }));
}

TEST_F(links, survive_a_broker_that_is_killed_and_comes_back_without_its_memory) {
  site here(host, broker.port(), "here");
  site there(host, broker.port(), "there");
  here.connect();
  there.connect();
  here.target.set(1);
  EXPECT_TRUE(host.until([&] { return there.target.get() == 1; }));
  broker.kill();
  EXPECT_TRUE(host.until([&] { return !here.connected() && !there.connected(); }));
  EXPECT_FALSE(here.hub->state().get().error.empty());
  for (int i = 0; i < 1000; ++i) here.readings.publish({"north", i});
  here.target.set(2);
  host.pace = 100;
  EXPECT_TRUE(host.until([&] {
    return here.hub->state().get().error.view().find("reached") != std::string_view::npos;
  }));
  broker.start();
  EXPECT_TRUE(host.until([&] { return here.connected() || there.connected(); }));
  host.pace = 5;  // the broker needs its time to send what it retains
  EXPECT_TRUE(host.until([&] { return here.connected() && there.connected(); }));
  EXPECT_TRUE(host.until([&] { return there.target.get() == 2 && there.last == 999; }));
  EXPECT_EQ(there.heard["north"], 1);
}

/// Ten minutes on the clock of the links: libmosquitto tries to connect as often as it would.
TEST_F(links, need_no_more_memory_while_the_broker_is_away_for_ten_minutes) {
  site here(host, broker.port(), "here");
  site there(host, broker.port(), "there");
  here.connect();
  there.connect();
  here.target.set(1);
  EXPECT_TRUE(host.until([&] { return there.target.get() == 1; }));
  broker.kill();
  EXPECT_TRUE(host.until([&] { return !here.connected() && !there.connected(); }));
  there.heard.clear();
  std::size_t least = SIZE_MAX;
  std::size_t most = 0;
  for (int i = 1; i <= 6000; ++i) {
    host.pass(100ms);
    here.target.set(i);
    here.readings.publish({"north", i});
    here.readings.publish({"south", i});
    if (i % 100 != 0) continue;
    const std::size_t now = ::mallinfo2().uordblks;
    least = std::min(least, now);
    most = std::max(most, now);
  }
  EXPECT_LT(most - least, 64U * 1024) << "an attempt to connect takes memory, and gives it back";
  EXPECT_EQ(here.hub->counters().dropped_out, 0U);
  broker.start();
  host.pace = 100;
  EXPECT_TRUE(host.until([&] { return here.connected() || there.connected(); }));
  host.pace = 5;
  EXPECT_TRUE(host.until([&] { return here.connected() && there.connected(); }));
  EXPECT_TRUE(host.until([&] {
    return there.target.get() == 6000 && there.heard["north"] != 0 && there.heard["south"] != 0;
  }));
  EXPECT_EQ(there.last, 6000);
  EXPECT_EQ(there.heard["north"], 1);
  EXPECT_EQ(there.heard["south"], 1);
}

TEST_F(links, keep_their_value_when_a_retained_one_is_of_an_older_type) {
  {
    watch<text<100>> older;
    link other({.host = "127.0.0.1", .port = broker.port(), .client = "older"});
    other.send(older, "house/target");
    task<> running = other.run();
    site::idle_job nothing;
    running.start(nothing);
    older.set("twenty");
    EXPECT_TRUE(host.until([&] { return other.counters().sent > 0; }));
  }
  site here(host, broker.port(), "here");
  here.connect();
  EXPECT_TRUE(host.until([&] { return here.hub->counters().misfits == 1; }));
  EXPECT_EQ(here.target.get(), 20);
  site late(host, broker.port(), "late");
  late.target.set(7);
  host.pace = 5;
  EXPECT_TRUE(host.until([&] { return here.hub->counters().sent > 0; }));  // its own, in its place
  late.connect();
  EXPECT_TRUE(host.until([&] { return late.target.get() == 20; }));
}

TEST_F(links, take_a_storm_of_messages_in_the_memory_that_they_have) {
  site here(host, broker.port(), "here");
  site there(host, broker.port(), "there");
  here.connect();
  there.connect();
  here.target.set(1);  // what is published before the other has subscribed is not for it
  EXPECT_TRUE(host.until([&] { return there.target.get() == 1; }));
  const auto before = ::mallinfo2().uordblks;
  constexpr int many = 10000;
  std::size_t peak = 0;
  for (int i = 1; i <= many; ++i) {
    here.alarms.publish({"north", i});
    if (i % 500 == 0) {
      EXPECT_TRUE(
          host.until([&] { return here.hub->counters().sent >= static_cast<std::uint32_t>(i); }));
      peak = std::max(peak, ::mallinfo2().uordblks - before);
    }
  }
  EXPECT_TRUE(host.until([&] { return there.last == many; }));
  const auto& sent = here.hub->counters();
  const auto& got = there.hub->counters();
  EXPECT_EQ(sent.dropped_out, 0U);
  EXPECT_EQ(there.count + static_cast<int>(got.dropped_in), many);
  EXPECT_LT(peak, 256U * 1024) << "libmosquitto's own memory, while messages are in flight";
  RecordProperty("peak_heap_bytes", std::to_string(peak));
}

TEST_F(links, do_not_fight_over_a_name_in_a_tight_loop) {
  site here(host, broker.port(), "same");
  site there(host, broker.port(), "same");
  here.connect();
  there.start();
  (void)host.until([] { return false; }, 2s);
  const auto connections = here.hub->counters().connections + there.hub->counters().connections;
  EXPECT_GE(connections, 3U);
  EXPECT_LE(connections, 12U);
}

TEST_F(links, ignore_what_does_not_fit) {
  site here(host, broker.port(), "here");
  here.connect();
  watch<text<100>> anything;
  options chosen{.host = "127.0.0.1", .port = broker.port(), .client = "other"};
  link other(chosen);
  other.send(anything, "house/target");
  task<> running = other.run();
  site::idle_job nothing;
  running.start(nothing);
  anything.set("garbage");
  EXPECT_TRUE(host.until([&] { return here.hub->counters().misfits > 0; }));
  EXPECT_EQ(here.target.get(), 20);
}

constexpr std::string_view not_let_in =
    "the broker does not let this client in: the user or the password is wrong, or has no right to "
    "connect";

/// "ada", with the password "let me in", as mosquitto_passwd writes it.
constexpr const char* passwords =
    "ada:$7$101$bXVzdWJpLXRlc3Qh$1MWlsB7eAmg1FajfJUFYnQ2tyH5rlabKtTud"
    "k6y9yp7lVE7Ssz89H9ouG30AKU0Yj0B+VuWlmzHUs3ZedqQloQ==\n";

TEST(a_link_with_credentials, is_let_in_or_told_why_not) {
  program host;
  const test::tls_files files;
  files.write("passwords", passwords);
  mosquitto_broker broker("allow_anonymous false\npassword_file " + files.path("passwords") + "\n");
  broker.start();
  site nobody(host, broker.port(), "nobody");
  nobody.start();
  EXPECT_TRUE(host.until([&] { return !nobody.hub->state().get().error.empty(); }));
  EXPECT_EQ(nobody.hub->state().get().error, not_let_in);
  options chosen;
  chosen.user = "ada";
  chosen.password = "wrong";
  site guesser(host, broker.port(), "guesser", chosen);
  guesser.start();
  EXPECT_TRUE(host.until([&] { return !guesser.hub->state().get().error.empty(); }));
  EXPECT_EQ(guesser.hub->state().get().error, not_let_in);
  chosen.password = "let me in";
  site ada(host, broker.port(), "ada", chosen);
  ada.connect();
}

/// mosquitto's own access list drops what is not allowed and says nothing.
TEST(a_link_without_rights, says_that_its_value_does_not_come_back) {
  program host;
  const test::tls_files files;
  files.write("acl", "topic readwrite house/+/reading\ntopic read house/target\n");
  mosquitto_broker broker("allow_anonymous true\nacl_file " + files.path("acl") + "\n");
  broker.start();
  site here(host, broker.port(), "here");
  here.connect();
  const auto allowed = [&](std::int32_t target) {
    here.target.set(target);
    const auto sent = here.hub->counters().sent;
    EXPECT_TRUE(host.until([&] { return here.hub->counters().sent > sent; }));
    host.pass(session::echo_time);
  };
  allowed(1);
  EXPECT_EQ(here.hub->state().get().refused, "");
  allowed(2);
  EXPECT_EQ(here.hub->state().get().refused,
            "house/target: the broker does not send it back: may it be written and read?");
  here.readings.publish({"north", 5});
  site there(host, broker.port(), "there");
  there.connect();
  EXPECT_TRUE(host.until([&] { return there.heard["north"] == 1; }));  // others go on
}

#ifdef MUSUBI_TEST_MOSQUITTO_SECURITY
/// Its module for dynamic security answers a subscription that is not allowed.
TEST(a_link_without_rights, says_which_share_it_does_not_receive_and_goes_on_with_the_others) {
  program host;
  const test::tls_files files;
  files.write("rights.json", R"({
    "defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true,
                         "subscribe": false, "unsubscribe": true},
    "anonymousGroup": "all", "clients": [],
    "groups": [{"groupname": "all", "roles": [{"rolename": "reader"}]}],
    "roles": [{"rolename": "reader", "acls": [
      {"acltype": "subscribePattern", "topic": "house/+/reading", "allow": true},
      {"acltype": "subscribePattern", "topic": "house/target", "allow": true}]}]})");
  mosquitto_broker broker("allow_anonymous true\nplugin " MUSUBI_TEST_MOSQUITTO_SECURITY
                          "\nplugin_opt_config_file " +
                          files.path("rights.json") + "\n");
  broker.start();
  site here(host, broker.port(), "here");
  site there(host, broker.port(), "there");
  here.connect();
  there.connect();
  EXPECT_TRUE(host.until([&] { return !here.hub->state().get().refused.empty(); }));
  EXPECT_EQ(here.hub->state().get().refused,
            "house/{site}/alarm: the broker refuses the subscription");
  EXPECT_EQ(here.hub->counters().refused, 1U);
  EXPECT_TRUE(here.connected());
  there.target.set(23);
  there.readings.publish({"south", 3});
  EXPECT_TRUE(host.until([&] { return here.target.get() == 23 && here.heard["south"] == 1; }));
}
#endif

TEST(a_link_over_tls, trusts_a_broker_with_a_certificate_of_its_authority_and_no_other) {
  program host;
  const test::tls_files files;
  mosquitto_broker broker("allow_anonymous true\ncertfile " + files.certificate() + "\nkeyfile " +
                          files.key() + "\n");
  broker.start();
  const std::string authority = files.certificate();
  options chosen;
  chosen.ca_file = authority;
  site here(host, broker.port(), "here", chosen);
  here.connect();
  here.target.set(23);
  EXPECT_TRUE(host.until([&] { return here.hub->counters().sent > 0; }));

  const std::string system = "/etc/ssl/certs/ca-certificates.crt";
  if (std::filesystem::exists(system)) {
    chosen.ca_file = system;
    site doubting(host, broker.port(), "doubting", chosen);
    doubting.start();
    EXPECT_TRUE(host.until([&] { return !doubting.hub->state().get().error.empty(); }));
    EXPECT_EQ(doubting.hub->state().get().error,
              "TLS: the broker's certificate is not accepted, or it does not speak TLS");
  }
  options of_the_system;
  of_the_system.tls = true;
  site trusting(host, broker.port(), "trusting", of_the_system);
  trusting.start();
  EXPECT_TRUE(host.until([&] { return !trusting.hub->state().get().error.empty(); }));
  EXPECT_EQ(trusting.hub->state().get().error,
            "TLS: the broker's certificate is not accepted, or it does not speak TLS");

  const std::string nothing = files.path("nothing");
  chosen.ca_file = nothing;
  site blind(host, broker.port(), "blind", chosen);
  blind.start();
  EXPECT_TRUE(host.until([&] { return !blind.hub->state().get().error.empty(); }));
  EXPECT_EQ(blind.hub->state().get().error, "the file of the authority cannot be read: " + nothing);
}

/// Where a broker that a test plays is reached.
struct loopback_listener {
  loopback_listener() : socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    (void)::bind(socket, reinterpret_cast<sockaddr*>(&at), sizeof at);
    (void)::listen(socket, 8);
    (void)::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size);
    port = ntohs(at.sin_port);
  }
  ~loopback_listener() { ::close(socket); }
  loopback_listener(const loopback_listener&) = delete;
  loopback_listener& operator=(const loopback_listener&) = delete;
  /// The next client, or -1 if there is none for a while.
  [[nodiscard]] int accept() const {
    pollfd waits{socket, POLLIN, 0};
    return ::poll(&waits, 1, 20) <= 0 ? -1 : ::accept(socket, nullptr, nullptr);
  }
  int socket;
  std::uint16_t port = 0;
};

/// A broker that accepts connections, and answers what the test says.
class bad_broker {
 public:
  explicit bad_broker(std::string answer, bool closes = false)
      : answer_(std::move(answer)), closes_(closes), thread_([this] { serve(); }) {}
  ~bad_broker() {
    ends_ = true;
    thread_.join();
    for (const int each : clients_) ::close(each);
  }
  [[nodiscard]] std::uint16_t port() const noexcept { return listener_.port; }
  std::atomic<int> connections = 0;

 private:
  void serve() {
    while (!ends_) {
      const int client = listener_.accept();
      if (client < 0) continue;
      ++connections;
      char request[256];
      (void)::recv(client, request, sizeof request, 0);
      (void)!::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
      if (closes_) {
        ::close(client);
      } else {
        clients_.push_back(client);
      }
    }
  }
  std::string answer_;
  bool closes_;
  loopback_listener listener_;
  std::atomic<bool> ends_ = false;
  std::vector<int> clients_;
  std::thread thread_;
};

/// A broker for one client at a time, which ends the connection when it is sent or asked for
/// something that it does not allow, as several do with MQTT 3.1.1.
class strict_broker {
 public:
  /// `kind` is that of the packet, 3 (a message) or 8 (a subscription), and `topic` is in it.
  strict_broker(int kind, std::string topic)
      : kind_(kind), topic_(std::move(topic)), thread_([this] { serve(); }) {}
  ~strict_broker() {
    ends_ = true;
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const noexcept { return listener_.port; }
  std::atomic<int> connections = 0;

 private:
  /// Whether `bytes` came. False at the end.
  bool read(int client, char* into, std::size_t bytes) {
    while (bytes != 0 && !ends_) {
      pollfd waits{client, POLLIN, 0};
      if (::poll(&waits, 1, 20) <= 0) continue;
      const ssize_t got = ::recv(client, into, bytes, 0);
      if (got <= 0) return false;
      into += got;
      bytes -= static_cast<std::size_t>(got);
    }
    return !ends_;
  }
  /// One packet, shorter than 16 KB; its kind, or 0 at the end.
  int packet(int client, std::string& body) {
    unsigned char head[2];
    if (!read(client, reinterpret_cast<char*>(head), 2)) return 0;
    std::size_t bytes = head[1] & 0x7FU;
    if ((head[1] & 0x80U) != 0) {
      unsigned char more = 0;
      if (!read(client, reinterpret_cast<char*>(&more), 1)) return 0;
      bytes += std::size_t{more} << 7;
    }
    body.resize(bytes);
    return read(client, body.data(), bytes) ? head[0] >> 4 : 0;
  }
  void talk(int client) {
    using namespace std::string_literals;
    for (std::string body; const int kind = packet(client, body);) {
      if (kind == kind_ && body.find(topic_) != std::string::npos) return;
      std::string answer;
      if (kind == 1) answer = "\x20\x02\x00\x00"s;
      if (kind == 3) {
        const std::size_t at = 2 + static_cast<unsigned char>(body[1]);
        answer = "\x40\x02"s + body.substr(at, 2);
      }
      if (kind == 8) answer = "\x90\x03"s + body.substr(0, 2) + "\x01";
      (void)!::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
  void serve() {
    while (!ends_) {
      const int client = listener_.accept();
      if (client < 0) continue;
      ++connections;
      talk(client);
      ::close(client);
    }
  }
  int kind_;
  std::string topic_;
  loopback_listener listener_;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

TEST(a_link_to_a_strict_broker, finds_what_it_may_not_send_and_sends_the_rest) {
  program host;
  strict_broker broker(3, "house/target");
  site here(host, broker.port(), "here");
  here.readings.publish({"north", 5});
  here.start();
  here.readings.publish({"north", 5});
  here.readings.publish({"south", 6});
  here.target.set(23);
  host.pace = 20;
  EXPECT_TRUE(host.until([&] {
    return here.connected() && !here.hub->state().get().refused.empty();
  })) << here.hub->state().get().error.view();
  EXPECT_EQ(here.hub->state().get().refused,
            "house/target: the broker ends the connection when it is sent");
  host.pace = 1;
  const int connections = broker.connections;
  const auto sent = here.hub->counters().sent;
  here.readings.publish({"north", 7});
  here.target.set(24);
  EXPECT_TRUE(host.until([&] { return here.hub->counters().sent > sent; }));
  EXPECT_EQ(broker.connections, connections);
}

TEST(a_link_to_a_strict_broker, finds_what_it_may_not_ask_for) {
  program host;
  strict_broker broker(8, "house/+/alarm");
  site here(host, broker.port(), "here");
  here.start();
  host.pace = 20;
  EXPECT_TRUE(host.until([&] {
    return here.connected() && !here.hub->state().get().refused.empty();
  })) << here.hub->state().get().error.view();
  EXPECT_EQ(here.hub->state().get().refused,
            "house/{site}/alarm: the broker ends the connection over the subscription");
}

std::string error_with(const std::string& answer, bool closes = false, int pace = 1) {
  program host;
  bad_broker broker(answer, closes);
  site here(host, broker.port(), "here");
  here.start();
  host.pace = pace;
  EXPECT_TRUE(host.until([&] { return !here.hub->state().get().error.empty(); }));
  const std::string error(here.hub->state().get().error.view());
  EXPECT_TRUE(host.until([&] { return broker.connections > 1; }));  // it tries again
  return error;
}

TEST(a_link_to_a_bad_broker, says_that_it_is_refused) {
  using namespace std::string_literals;
  EXPECT_EQ(error_with("\x20\x02\x00\x01"s), "the broker does not speak MQTT 3.1.1");
  EXPECT_EQ(error_with("\x20\x02\x00\x02"s), "the broker refuses the name of this client");
  EXPECT_EQ(error_with("\x20\x02\x00\x03"s), "the broker is not available");
  EXPECT_EQ(error_with("\x20\x02\x00\x04"s), "the broker refuses the user or the password");
  EXPECT_EQ(error_with("\x20\x02\x00\x05"s), not_let_in);
  EXPECT_EQ(error_with("\x20\x02\x00\x06"s), "the broker refuses the connection");
}
TEST(a_link_to_a_bad_broker, gives_up_on_one_that_is_slow) {
  EXPECT_EQ(error_with("", false, 50), "the broker did not answer in time");
}
TEST(a_link_to_a_bad_broker, gives_up_on_one_that_hangs_up) {
  EXPECT_EQ(error_with("", true), "the broker has ended the connection before it accepted it");
}
TEST(a_link_to_a_bad_broker, gives_up_on_one_that_sends_garbage) {
  // 'H' is the head of a short packet, of which the rest does not come
  EXPECT_NE(error_with("HTTP/1.1 400 Bad Request\r\n\r\n", false, 50), "");
  EXPECT_NE(error_with(std::string(200, '\xFF')), "");
  using namespace std::string_literals;
  EXPECT_NE(error_with("\x20\x02\x00\x00\xF0\x00\x00\x00"s), "");  // accepted, then a wrong packet
}
TEST(a_link_to_nobody, says_so) {
  program host;
  site here(host, test::free_port(), "here");
  here.start();
  EXPECT_TRUE(host.until([&] { return !here.hub->state().get().error.empty(); }));
  EXPECT_EQ(here.hub->state().get().error, "the broker cannot be reached: Connection refused");
}

TEST(a_wrong_link, does_not_run_and_says_why) {
  program host;
  const auto problem = [](options chosen) {
    const link made(chosen);
    return std::string(made.problem());
  };
  EXPECT_EQ(problem({}), "");
  EXPECT_EQ(problem({.host = ""}), "the broker has no address");
  EXPECT_EQ(problem({.password = "secret"}), "there is a password without a user");
  EXPECT_EQ(problem({.limits = {.shares = 0}}),
            "link_limits: shares, values and echoes must not be 0");
  options chosen;
  link made(chosen);
  topic<reading> readings;
  made.share(readings, "house/{room}");
  EXPECT_EQ(made.problem(), "the topic 'house/{room}' names a field that does not exist");
}

}  // namespace
}  // namespace musubi::mqtt
