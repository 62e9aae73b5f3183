#pragma once
/// A mounted root without a network, for testing an application's stores (contract section 15).
///
///     musubi::testkit::mounted<thermostat> page({.room = "hall"});
///     const auto answer = page.dispatch(thermostat::SetTarget{.celsius = 21});
///     EXPECT_TRUE(answer.ok);
///     EXPECT_EQ(page.state().target, 21);
///
/// Time is virtual: nothing sleeps.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/store/page/internal/root_page.hpp>
#include <musubi/store/send_update.hpp>
#include <musubi/testkit/answer.hpp>
#include <musubi/testkit/internal/browser.hpp>
#include <musubi/testkit/internal/page_bench.hpp>
#include <musubi/testkit/uploads.hpp>

namespace musubi::testkit {

/// For roots that do not use their socket.
struct no_socket {};

namespace detail {

template <class Command, class List>
inline constexpr bool is_among = false;
template <class Command, class... All>
inline constexpr bool is_among<Command, commands<All...>> = (std::is_same_v<Command, All> || ...);
/// Whether a store, or one of its descendants, has the command.
template <class Command>
struct declares {
  template <class Store>
  struct of {
    static constexpr std::size_t value =
        is_among<Command, typename musubi::detail::commands_of<Store>::type>;
  };
};
template <class Store, class Command>
inline constexpr bool takes_command =
    declares<Command>::template of<Store>::value != 0 ||
    musubi::detail::greatest_beneath<declares<Command>::template of,
                                     typename Store::State>::value != 0;

}  // namespace detail

/// A mounted `Store` and its client. If it could not be mounted, `error()` returns the reason.
template <class Store, class Socket = no_socket>
class mounted {
 public:
  using State = typename Store::State;
  using Params = typename musubi::detail::params_of<Store>::type;

  explicit mounted(const Params& params = {}, const Socket& socket = {},
                   const limits& configured = small_limits())
      : bench_(configured, sizes()), client_(Store::module, "test") {
    const std::string text = to_json(params);
    page_ = new (block_.get()) page_type(bench_.resources, client_, socket);
    mounted_ = page_->mount(text, error_);
    if (!mounted_) return;
    page_->send_initial();
    run();
  }
  ~mounted() {
    bench_.loop.make_current();
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
  /// The store itself.
  [[nodiscard]] Store& store() noexcept { return page_->store(); }
  /// The State of a child as it was rendered last; null if there is no `Child` with that store_id:
  /// `page.state_of<line>("lines", "l1")->quantity`.
  template <class Child, class... Ids>
  [[nodiscard]] const typename Child::State* state_of(const Ids&... ids) {
    child_store<Child>* found = find<Child>(ids...);
    return found == nullptr ? nullptr : &found->placed().latest();
  }
  /// The child's store, or null.
  template <class Child, class... Ids>
  [[nodiscard]] Child* store_of(const Ids&... ids) {
    child_store<Child>* found = find<Child>(ids...);
    return found == nullptr ? nullptr : &found->store();
  }
  /// The whole tree, children included, as JSON.
  [[nodiscard]] std::string tree() const {
    string_output into;
    json::writer out(into);
    page_->write_state(out);
    return into.take();
  }

  /// Sends a command to the store with the store_id `ids`, and runs until idle.
  template <class Command, class... Ids>
  answer dispatch(const Command& command, const Ids&... ids) {
    static_assert(detail::takes_command<Store, Command>,
                  "musubi: neither this store nor a store below it has this command");
    return send(musubi::detail::command_name<Command>, to_json(command), store_id_text(ids...));
  }
  /// The same with everything as JSON text, valid or not.
  answer send(std::string_view name, std::string_view payload, std::string_view store_id = "[]") {
    const std::string ref = std::to_string(++refs_);
    bench_.loop.make_current();
    page_->receive({.ref = ref, .name = name, .store_id = store_id, .payload = payload});
    return answer_to(ref);
  }

  /// Passes `news` to the `Child` with this store_id, or to the root, as `ctx.send_update` does.
  template <class Target, class News, class... Ids>
  status send_update(const News& news, const Ids&... ids) {
    bench_.loop.make_current();
    const status posted = page_->root().template send_update<Target>(news, ids...);
    run();
    return posted;
  }
  /// Publishes on a topic, as another store of the same host would.
  template <class Topic>
  void publish(Topic& topic, const typename Topic::message_type& message) {
    bench_.loop.make_current();
    (void)topic.publish(message);
    run();
  }

  /// Sends a file to the upload `Upload` of the store with this store_id, as a browser does:
  /// preflight, join, chunk by chunk. The store's commands then find it complete.
  template <class Upload, class... Ids>
  sent_file send_file(std::string_view name, std::string_view bytes, const Ids&... ids) {
    std::size_t chunk_bytes = 0;
    sent_file file = judged(
        ask(upload_event::allow_upload, preflight(musubi::detail::upload_name<Upload>,
                                                  store_id_text(ids...), name, bytes.size())),
        chunk_bytes);
    if (file.accepted) {
      send_chunks(*upload_files(), file, bytes, chunk_bytes, [this] { run(); });
    }
    return file;
  }
  /// Sends an upload request with everything as JSON text; for external uploads too.
  answer ask(upload_event what, std::string payload) {
    const std::string ref = std::to_string(++refs_);
    bench_.loop.make_current();
    upload_files()->receive(what, ref, payload);
    return answer_to(ref);
  }

  /// The root's context, for calling functions of the store; call `after_message` afterwards to run
  /// the cycle that would follow.
  [[nodiscard]] musubi::context& context() noexcept { return page_->root(); }
  void after_message() noexcept {
    page_->mark_root();
    page_->after_message();
  }

  /// Runs what is ready.
  void run() {
    for (int i = 0; i < 64; ++i) {
      (void)bench_.loop.poll(bench_.now());
      if (!client_.take_wanted() || !mounted_) break;
      page_->service();
    }
    for (sent_message& each : client_.take()) {
      if (each.what == sent_message::kind::patch) browser_.receive(each.body);
      sent_.push_back(std::move(each));
    }
  }
  /// Advances the virtual time, and runs what becomes due.
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

  /// Removes and returns the oldest `Event` of the store with this store_id, if there is one.
  template <class Event, class... Ids>
  [[nodiscard]] std::optional<Event> take_event(const Ids&... ids) {
    const auto payload =
        browser_.take_event(musubi::detail::command_name<Event>, store_id_text(ids...));
    if (!payload) return {};
    return read_as<Event>(*payload);
  }
  /// Number of events of all stores not yet taken.
  [[nodiscard]] std::size_t events() const noexcept { return browser_.events(); }
  /// The items of a stream, as the browser has them: `page.items<&logbook::State::entries>()`.
  template <auto Member, class... Ids>
  [[nodiscard]] auto items(const Ids&... ids) const {
    using member = musubi::detail::stream_member<std::remove_const_t<decltype(Member)>>;
    using item = typename member::type::item_type;
    constexpr std::string_view name = musubi::detail::member_name<Member, typename member::owner>();
    std::vector<item> all;
    for (const std::string& each : browser_.items(name, store_id_text(ids...))) {
      if (const auto read = read_as<item>(each)) all.push_back(*read);
    }
    return all;
  }

  /// Its client; set `client().reads = false` to simulate one that has fallen behind.
  [[nodiscard]] testkit::client& client() noexcept { return client_; }
  [[nodiscard]] page_bench& bench() noexcept { return bench_; }

  /// Limits for one page.
  [[nodiscard]] static limits small_limits() {
    limits chosen;
    chosen.connections = 1;
    chosen.requests = 1;
    chosen.pages = 1;
    chosen.subscriptions = 64;
    chosen.nodes = 256;
    chosen.asyncs = 32;
    chosen.uploads = 8;
    chosen.outgoing_blocks = 256;
    chosen.large_messages = 0;
    chosen.read_buffers = 1;
    chosen.backlog_blocks = 0;
    chosen.mail = {{{256, 32}, {1024, 32}, {8192, 2}}};
    chosen.frames = {{{256, 32}, {512, 32}, {1024, 16}, {4096, 8}}};  // sizes of a gateway
    return chosen;
  }

 private:
  using page_type = root_page<Store, Socket>;

  [[nodiscard]] static host_sizes sizes() {
    host_sizes needed;
    needed.state = sizeof(State);
    needed.node = musubi::detail::largest_node<Store>;
    needed.async = musubi::detail::uses_async<Store> ? sizeof(musubi::detail::async_run) : 0;
    needed.outgoing = musubi::detail::uses_outgoing<Store>;
    needed.upload = musubi::detail::upload_bytes(musubi::detail::upload_room<Store>, 0);
    return needed;
  }

  answer answer_to(const std::string& ref) {
    run();
    for (const sent_message& each : sent_) {
      if (each.what == sent_message::kind::reply && each.ref == ref) {
        return {true, each.ok, each.body};
      }
    }
    return {};
  }
  [[nodiscard]] upload_table* upload_files() {
    static_assert(musubi::detail::uses_uploads<Store>,
                  "musubi: neither this store nor a store below it accepts files");
    return page_->uploads();
  }

  template <class Child, class... Ids>
  [[nodiscard]] child_store<Child>* find(const Ids&... ids) {
    static_assert(sizeof...(Ids) != 0, "musubi: the root is `state()` and `store()`");
    node_tree* tree = page_->tree();
    const std::string path = store_id_text(ids...);
    child_node* found = tree == nullptr ? nullptr : tree->at({path.data() + 1, path.size() - 2});
    if (found == nullptr || found->place().type != &musubi::detail::type_key<Child>) return nullptr;
    return static_cast<child_store<Child>*>(found);
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
  browser browser_;
  int refs_ = 0;
  bool mounted_ = false;
};

}  // namespace musubi::testkit
