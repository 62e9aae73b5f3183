#pragma once
/// A mounted root without a network, for the tests of an application's stores (contract
/// section 15).
///
///     musubi::testkit::mounted<thermostat> page({.room = "hall"});
///     const auto answer = page.dispatch(thermostat::SetTarget{.celsius = 21});
///     EXPECT_TRUE(answer.ok);
///     EXPECT_EQ(page.state().target, 21);
///
/// Time is virtual: nothing sleeps.

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include <musubi/page/root_page.hpp>
#include <musubi/testkit/page_bench.hpp>

namespace musubi::testkit {

/// For roots that do not look at their socket.
struct no_socket {};

/// The JSON text of a value, as it is on the wire.
template <class T>
[[nodiscard]] std::string to_json(const T& value) {
  client written("", "");
  written.begin_patch();
  codec<T>::write(written.out(), value);
  written.end_patch();
  return written.take().front().body;
}

/// Answer of a command.
struct answer {
  bool answered = false;  ///< false: its handler is suspended, or the page has failed
  bool ok = false;
  std::string body;  ///< JSON
};

/// A `Store` that is mounted, and its client. What cannot be mounted has the reason in `error()`.
template <class Store, class Socket = no_socket>
class mounted {
 public:
  using State = typename Store::State;
  using Params = typename detail::params_of<Store>::type;

  explicit mounted(const Params& params = {}, const Socket& socket = {},
                   const limits& configured = small_limits())
      : bench_(configured, sizes()), client_(Store::module, "test") {
    const std::string text = to_json(params);
    json::value parsed;
    const auto read = json::parse(text, bench_.memory.decode, parsed);
    page_ = new (block_.get()) page_type(bench_.resources, client_, socket);
    mounted_ = read == json::parse_error::none && page_->mount(parsed, error_);
    bench_.memory.decode.reset();
    if (!mounted_) return;
    page_->send_initial();
    run();
  }
  ~mounted() {
    if (mounted_) page_->terminate("left");
    page_->destroy();
  }
  mounted(const mounted&) = delete;
  mounted& operator=(const mounted&) = delete;

  /// Whether it was mounted.
  [[nodiscard]] bool ok() const noexcept { return mounted_; }
  [[nodiscard]] const mount_error& error() const noexcept { return error_; }
  /// Whether it has ended with `phx_error`.
  [[nodiscard]] bool failed() const noexcept { return page_->failed(); }
  /// The state as it was rendered last.
  [[nodiscard]] const State& state() const noexcept { return page_->state(); }
  /// The store itself, private parts excepted.
  [[nodiscard]] Store& store() noexcept { return page_->store(); }
  /// The whole tree, children included, as JSON.
  [[nodiscard]] std::string tree() const {
    testkit::client written("", "");
    written.begin_patch();
    page_->write_state(written.out());
    written.end_patch();
    return written.take().front().body;
  }

  /// Sends a command to the store whose store_id is `ids`, and runs until nothing is left to do.
  template <class Command, class... Ids>
  answer dispatch(const Command& command, const Ids&... ids) {
    store_path path;
    (void)(path.push(ids) && ...);
    return send(detail::command_name<Command>, to_json(command),
                "[" + std::string(path.view()) + "]");
  }
  /// The same with everything as JSON text, right or wrong.
  answer send(std::string_view name, std::string_view payload, std::string_view store_id = "[]") {
    const std::string ref = std::to_string(++refs_);
    const std::string name_text(name);
    page_->receive({.ref = ref, .name = name_text, .store_id = store_id, .payload = payload});
    run();
    for (const sent_message& each : sent_) {
      if (each.what == sent_message::kind::reply && each.ref == ref) {
        return {true, each.ok, each.body};
      }
    }
    return {};
  }

  /// The root's context, to call functions of the store with; `after_message` then runs the cycle
  /// that they would have been followed by.
  [[nodiscard]] musubi::context& context() noexcept { return *page_; }
  void after_message() noexcept {
    page_->mark();
    page_->after_message();
  }

  /// Runs what is ready.
  void run() {
    for (int i = 0; i < 64; ++i) {
      (void)bench_.loop.poll(bench_.now());
      if (!client_.take_wanted() || !mounted_) break;
      page_->service();
    }
    for (sent_message& each : client_.take()) sent_.push_back(std::move(each));
  }
  /// Lets time pass, and runs what that makes due.
  void advance(duration by) {
    bench_.advance(by);
    run();
  }

  /// The envelopes since the last call, as JSON.
  [[nodiscard]] std::vector<std::string> take_envelopes() {
    std::vector<std::string> envelopes;
    for (sent_message& each : sent_) {
      if (each.what == sent_message::kind::patch) envelopes.push_back(std::move(each.body));
    }
    sent_.clear();
    return envelopes;
  }

  /// Its client: `client().reads = false` makes it one that is behind.
  [[nodiscard]] testkit::client& client() noexcept { return client_; }
  [[nodiscard]] page_bench& bench() noexcept { return bench_; }

  /// Limits that suffice for one page.
  [[nodiscard]] static limits small_limits() {
    limits chosen;
    chosen.connections = 1;
    chosen.handshakes = 1;
    chosen.pages = 1;
    chosen.subscriptions = 64;
    chosen.nodes = 256;
    chosen.asyncs = 32;
    chosen.outgoing_blocks = 256;
    chosen.large_messages = 0;
    chosen.read_buffers = 1;
    chosen.backlog_blocks = 0;
    chosen.mail = {{{256, 32}, {1024, 32}, {8192, 2}}};
    chosen.frames = {{{512, 32}, {1024, 16}, {4096, 16}, {16384, 4}}};
    return chosen;
  }

 private:
  using page_type = root_page<Store, Socket>;

  [[nodiscard]] static host_sizes sizes() {
    host_sizes needed;
    needed.state = sizeof(State);
    needed.node = detail::largest_node<Store>;
    needed.async = detail::uses_async<Store> ? sizeof(detail::async_run) : 0;
    needed.outgoing = detail::uses_outgoing<Store>;
    return needed;
  }

  struct block {
    alignas(page_type) std::byte bytes[sizeof(page_type)];
  };
  page_bench bench_;
  testkit::client client_;
  std::unique_ptr<block> block_ = std::make_unique<block>();
  page_type* page_;
  mount_error error_;
  std::vector<sent_message> sent_;
  int refs_ = 0;
  bool mounted_ = false;
};

}  // namespace musubi::testkit
