#pragma once
/// One mounted root: one message at a time, each followed by one render cycle (contract
/// section 5.3).
///
///                 message                   nothing changed: nothing is sent
///   idle ------------------------> handler ---------------------------------------> idle
///    ^                              |    |  changed: reply, then one envelope
///    |                    suspended |    +----------------------------------------> idle
///    |                              v
///    +---- reply, envelope ------- busy: further messages wait in the mailbox
///
/// A client that is behind, or whose stream has no room for a patch now, gets no envelope: the page
/// stays dirty, and one later envelope covers everything that it missed.

#include <cstdint>

#include <musubi/async/event.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/json/internal/refusal.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/schema/decode_error.hpp>
#include <musubi/store/command/internal/command_message.hpp>
#include <musubi/store/command/internal/command_run.hpp>
#include <musubi/store/context.hpp>
#include <musubi/store/hook/internal/hook_info.hpp>
#include <musubi/store/internal/subscription.hpp>
#include <musubi/store/page/internal/envelope.hpp>
#include <musubi/store/page/internal/mail.hpp>
#include <musubi/store/page/internal/resources.hpp>
#include <musubi/store/page/internal/sink.hpp>

namespace musubi {

class async_runs;
class node;
class node_tree;
class outgoing;
class upload_table;
namespace detail {
struct record_reader;
}

/// Why a root was not mounted.
struct mount_error {
  status why;
  decode_error params;      ///< meaningful when `bad_params`
  bool bad_params = false;  ///< the mount params do not match the store's `Params`
};

/// The mailbox and the cycle of one mounted root. Derived once for each root store: `root_page`.
class page {
 public:
  page(page_resources& resources, page_sink& sink) noexcept
      : resources_(&resources), sink_(&sink) {}
  page(const page&) = delete;
  page& operator=(const page&) = delete;
  /// Destroys the page, whose memory belongs to the caller. Must not be called from within one of
  /// its functions. (A virtual destructor would link `operator delete`, and with it the heap.)
  virtual void destroy() noexcept = 0;

  /// Mounts and renders for the first time, without sending anything. `params` is JSON, or empty
  /// when there are none. On error, returns false and sets `error`.
  [[nodiscard]] virtual bool mount(std::string_view params, mount_error& error) noexcept = 0;
  /// Sends the initial envelope, now or when the client is ready.
  void show() noexcept;
  /// Sends the initial envelope: the whole state as version 1.
  void send_initial() noexcept;
  /// Handles a command from the client. It is answered now, later, or, if the page fails, never.
  void receive(const command_message& message) noexcept;
  /// Handles a message of a topic for a store of this page; `to` is the store's context.
  void receive(context& to, void* store, const void* message, const detail::delivery& how) noexcept;
  /// Handles what had to wait: messages, then a cycle. Called by the sink's owner.
  void service() noexcept;
  /// The channel is ending: runs `terminate` of the root if it has one.
  virtual void terminate(std::string_view reason) noexcept = 0;

  /// True after an unexpected error: the channel must be ended with `phx_error`.
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] std::uint32_t version() const noexcept { return version_; }

  // --- for the stores of this page and what runs them ---

  /// The outcome of a command.
  enum class progress : std::uint8_t {
    rejected,  ///< refused before a handler ran: nothing changed
    answered,
    suspended,
    failed,
  };
  /// The root store.
  [[nodiscard]] virtual node& root() noexcept = 0;
  /// Its module.
  [[nodiscard]] virtual std::string_view module() const noexcept = 0;
  /// Optional parts, which exist only if a store of the page uses them; null otherwise.
  [[nodiscard]] virtual command_run* suspended() noexcept { return nullptr; }
  [[nodiscard]] virtual outgoing* said() noexcept { return nullptr; }
  [[nodiscard]] virtual async_runs* tasks() noexcept { return nullptr; }
  [[nodiscard]] virtual upload_table* uploads() noexcept { return nullptr; }
  [[nodiscard]] virtual node_tree* tree() noexcept { return nullptr; }
  /// An object that all its stores share, by its `type_key`: the socket, the root's mount params.
  [[nodiscard]] virtual const void* shared(const char* type) const noexcept = 0;

  [[nodiscard]] page_resources& resources() noexcept { return *resources_; }
  [[nodiscard]] page_sink& sink() noexcept { return *sink_; }
  [[nodiscard]] time_point now() const noexcept { return resources_->host->now(); }
  /// Ends the page: `phx_error`, and the browser mounts it again.
  void fail(const status& why) noexcept;
  /// The root is rendered in the next cycle.
  void mark_root() noexcept { root_changed_ = true; }
  /// There may be something to send to the client.
  void cycle_wanted() noexcept;
  /// Handles `message` now, or when the page is no longer busy.
  void post(mail& message) noexcept;
  /// Withdraws a message that may be waiting.
  void withdraw(mail& message) noexcept;
  /// Runs `call`, for the store whose context is `to`, as the handling of a message.
  template <class Call>
  void handle(context& to, Call&& call) noexcept {
    busy_ = true;
    call();
    idle();
    to.changed();  // the cycle comes at the end of the turn, and covers all messages until then
    cycle_postponed();
  }
  /// Whether a new message has to be posted, because another is being handled or is waiting.
  [[nodiscard]] bool must_wait() const noexcept { return busy_ || !waiting_.empty(); }
  /// Whether the page's own limit allows to post one more.
  [[nodiscard]] bool has_room() const noexcept { return waiting_count_ < resources_->mailbox; }
  /// A message is being handled: messages published in the meantime wait.
  void busy() noexcept { busy_ = true; }
  /// No message is being handled: waiting ones are handled soon.
  void idle() noexcept;
  /// Subscribes the store at `store`, whose context is `to`.
  status subscribe(subscriber_list& list, context& to, void* store, const detail::delivery& how,
                   const void* source) noexcept;
  /// A value that a store of this page follows was set: notifies the store now, or when the page is
  /// no longer busy, once for all sets until then.
  void tell(subscription& follower) noexcept;
  /// A store has been destroyed: drops its subscriptions and its unsent output.
  void forget(const context& gone) noexcept;
  /// Reads the payload of a command for `to` into the struct at `command`. Refuses it, and returns
  /// false, if it does not fit.
  bool decode(const context& to, const command_message& message, void* command,
              const detail::record_reader& reader) noexcept;
  /// Runs the hooks of the stores from the root down to `target`. Propagates their exceptions.
  virtual verdict before_command(context& target, const command_info& command) {
    (void)target;
    (void)command;
    return verdict::proceed;
  }
  virtual verdict after_command(context& target, const command_info& command) {
    return page::before_command(target, command);
  }
  virtual verdict before_async(context& target, const async_info& task) {
    (void)target;
    (void)task;
    return verdict::proceed;
  }

  void fail() noexcept;
  /// Reports to a listener why the page fails; the caller then fails it.
  void explain(const status& why) noexcept {
    if constexpr (telemetry_built) fail(why);
  }
  /// Refuses the request `ref`, and counts it.
  void refuse(std::string_view ref, const refusal& why) noexcept;
  /// Runs the rest of a command whose handler is a coroutine; one at a time.
  progress suspend(command_run&& rest, std::string_view ref) noexcept;
  /// The command that was suspended: notified when the client can be written to again; null: no
  /// longer.
  void wait_for_client(event* drained) noexcept { suspended()->wait_for_client(drained); }
  /// The command that was suspended has ended.
  void settled() noexcept;
  /// A message was handled: runs the cycle, now or when the client is ready.
  void after_message() noexcept;

  /// Fails the page when a handler takes longer than its budget (contract section 4.7).
  class handler_budget : job {
   public:
    explicit handler_budget(page& owner) noexcept;
    void stop() noexcept { timer_.cancel(); }

   private:
    static void expired(job& self) noexcept {
      page& on = *static_cast<handler_budget&>(self).page_;
      on.explain(musubi::fail("handler_timeout"));
      on.fail();
    }
    page* page_;
    timer timer_{*this};
  };

 protected:
  ~page();

  /// Runs a command for a child.
  virtual progress execute_below(const command_message& message) noexcept;
  /// Renders, writes the differences from the client's State, and stores the new State. Returns
  /// false on error.
  virtual bool render_changes(operations& ops) noexcept = 0;
  /// Writes the State as rendered last.
  virtual void write_state(json::writer& out) const noexcept = 0;
  /// Whether the root accepts this message of a topic. Must not throw.
  virtual bool info_wanted(message_info) noexcept { return true; }
  /// Writes stream operations, upload operations and events.
  virtual void write_outgoing(envelope&) noexcept {}
  /// Postpones a cycle that is due.
  virtual void cycle_postponed() noexcept {}
  /// The store with this context has been destroyed.
  virtual void store_gone(const context&) noexcept {}

  page_resources* resources_;
  page_sink* sink_;

 private:
  void run(const command_message& message) noexcept;
  [[nodiscard]] progress execute(const command_message& message) noexcept;
  void handle(context& to, void* store, const void* message, const detail::delivery& how) noexcept;
  void call(context& to, void* store, const void* message, const detail::delivery& how) noexcept;
  void handle_info_threw() noexcept;
  void tell_news() noexcept;
  void enqueue(const command_message& message) noexcept;
  void release(subscription& gone) noexcept;
  static void release_mail(mail& done) noexcept;
  void take_next() noexcept;
  void tell_patch(std::size_t operations) noexcept;
  void note_refusal([[maybe_unused]] std::string_view reason) noexcept {
#if defined(MUSUBI_TELEMETRY)
    resources_->observed.refused = true;
    resources_->observed.refused_for = observer::reason::clipped(reason);
#endif
  }
  void note_failure([[maybe_unused]] const status& why) noexcept {
#if defined(MUSUBI_TELEMETRY)
    resources_->observed.failure = why;
#endif
  }
  void cycle() noexcept;

  link_queue<mail> waiting_;
  subscription* subscriptions_ = nullptr;
  std::uint32_t version_ = 0;
  std::uint16_t waiting_count_ = 0;

 protected:
  bool has_state_ : 1 = false;    ///< the root was rendered
  bool root_changed_ : 1 = true;  ///< since it was rendered last

 private:
  bool dirty_ : 1 = false;
  bool busy_ : 1 = false;
  bool failed_ : 1 = false;
  bool is_suspended_ : 1 = false;
  bool has_news_ : 1 = false;  ///< a subscription is due
};
static_assert(sizeof(page) <= (sizeof(void*) == 8 ? 48 : 28), "kept by every root");

}  // namespace musubi
