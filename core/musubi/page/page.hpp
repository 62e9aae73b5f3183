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
/// A client that is behind gets no envelope: the page stays dirty, and one envelope later covers
/// all that it missed.

#include <cstdint>

#include <musubi/async/event.hpp>
#include <musubi/json/reader.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/page/command_message.hpp>
#include <musubi/page/envelope.hpp>
#include <musubi/page/mail.hpp>
#include <musubi/page/resources.hpp>
#include <musubi/page/sink.hpp>
#include <musubi/page/subscription.hpp>
#include <musubi/store/context.hpp>
#include <musubi/store/decode_error.hpp>

namespace musubi {

/// Why a root was not mounted.
struct mount_error {
  status why;
  decode_error params;      ///< meaningful when `bad_params`
  bool bad_params = false;  ///< the mount params do not fit the store's `Params`
};

/// What all mounted roots have in common. Derived once for each root store.
class page : public context {
 public:
  page(page_resources& resources, page_sink& sink) noexcept
      : resources_(&resources), sink_(&sink) {}
  /// Destroys the page, whose memory is the caller's. Not from inside one of its functions. (A
  /// virtual destructor would bring in `operator delete`, and with it the heap.)
  virtual void destroy() noexcept = 0;

  /// Mounts and renders for the first time; nothing is sent. False with the reason in `error`.
  [[nodiscard]] virtual bool mount(json::value params, mount_error& error) noexcept = 0;
  /// Sends the initial envelope: the whole state as version 1.
  void send_initial() noexcept;
  /// A command from the client. It is answered now, later, or, when the page fails, never.
  void receive(const command_message& message) noexcept;
  /// A message of a topic, for a store of this page.
  void receive(void* store, const void* message, const detail::delivery& how) noexcept;
  /// Does what had to wait: messages, then a cycle. Called by the sink's owner.
  void service() noexcept;
  /// The channel is ending; `terminate` of the root runs if it has one.
  virtual void terminate(std::string_view reason) noexcept = 0;

  /// True once something unexpected broke: the channel is to be ended with `phx_error`.
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] std::uint32_t version() const noexcept { return version_; }

  std::string_view module() const noexcept final { return sink_->module(); }
  std::string_view id() const noexcept final { return sink_->id(); }
  time_point now() const noexcept final { return resources_->host->now(); }
  void changed() noexcept final;

 protected:
  ~page();
  /// How far a command got.
  enum class progress : std::uint8_t {
    rejected,  ///< refused before a handler ran: nothing changed
    answered,
    suspended,
    failed,
  };

  /// Runs the handler for `message`; answers it unless it was suspended or failed.
  virtual progress execute(const command_message& message) noexcept = 0;
  /// Renders, writes what differs from what the client has, and remembers that. False when render
  /// threw.
  virtual bool render_changes(operations& ops) noexcept = 0;
  /// Writes the state that was rendered last.
  virtual void write_state(json::writer& out) const noexcept = 0;

  status add_subscription(subscriber_list& to, void* store,
                          const detail::delivery& how) noexcept final;

  void fail() noexcept;
  /// No message is being handled any more, or none yet: what waits is taken soon.
  void idle() noexcept;
  /// What is published meanwhile waits.
  void busy() noexcept { busy_ = true; }
  void refuse(std::string_view ref, const status& why) noexcept;
  void refuse(std::string_view ref, std::string_view reason) noexcept;
  void refuse(std::string_view ref, const decode_error& why) noexcept;
  void refuse_exhausted(std::string_view ref, std::string_view pool) noexcept;
  void after_message() noexcept;
  void cycle() noexcept;

  page_resources* resources_;
  page_sink* sink_;
  event* drained_ = nullptr;  ///< of a suspended command whose reply waits for the client

 private:
  void run(const command_message& message) noexcept;
  void handle(void* store, const void* message, const detail::delivery& how) noexcept;
  void enqueue(const command_message& message) noexcept;
  mail* allocate_mail(std::size_t content_bytes) noexcept;
  void post(mail& waiting) noexcept;
  void take_next() noexcept;

  mail* first_ = nullptr;
  mail* last_ = nullptr;
  subscription* subscriptions_ = nullptr;
  std::uint32_t version_ = 0;
  std::uint16_t waiting_ = 0;
  bool dirty_ = false;
  bool busy_ = false;
  bool failed_ = false;
};

}  // namespace musubi
