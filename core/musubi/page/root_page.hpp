#pragma once
/// The page of one root store: the typed half.

#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <musubi/async/task.hpp>
#include <musubi/page/page.hpp>
#include <musubi/store/codec_record.hpp>
#include <musubi/store/commands.hpp>
#include <musubi/store/guard.hpp>
#include <musubi/store/named_member.hpp>

namespace musubi {

namespace detail {

struct no_params {};
template <class Store>
struct params_of {
  using type = no_params;
};
template <class Store>
requires requires {
  typename Store::Params;
}
struct params_of<Store> {
  using type = typename Store::Params;
};

template <class Store>
consteval bool check_store() {
  static_assert(
      requires { std::string_view(Store::module); },
      "musubi: a root store names its module: static constexpr std::string_view module = "
      "\"My.Store\"");
  static_assert(
      requires { typename Store::State; },
      "musubi: a store has a public struct State: what the browser sees");
  static_assert(std::is_default_constructible_v<Store>,
                "musubi: a store is default-constructible; give its members initial values and "
                "fetch the rest in mount");
  return true;
}

}  // namespace detail

/// Holds the store, the state the client was sent last, and the root's copy of the socket.
template <class Store, class Socket>
class root_page final : public page {
  static_assert(detail::check_store<Store>());
  using State = typename Store::State;
  using Params = typename detail::params_of<Store>::type;
  using command_list = typename detail::commands_of<Store>::type;
  static_assert(detail::command_check<Store, command_list>::ok);

 public:
  root_page(page_resources& resources, page_sink& sink, const Socket& socket) noexcept
      : page(resources, sink), socket_(socket) {}
  void destroy() noexcept override { this->~root_page(); }

  bool mount(json::value params, mount_error& error) noexcept override {
    Params typed{};
    error.params.absent_means_null = true;
    if (params && !codec<Params>::read(params, typed, error.params)) {
      error.bad_params = true;
      return false;
    }
    busy();
    const bool finished = detail::guarded([&] {
      error.why = call_mount(typed);
      if (error.why.ok()) sent_.emplace(render());
    });
    idle();
    if (!finished) error.why = fail_status();
    return error.why.ok();
  }

  void terminate(std::string_view reason) noexcept override {
    busy();
    if constexpr (requires { store_.terminate(reason, static_cast<context&>(*this)); }) {
      (void)detail::guarded([&] { store_.terminate(reason, static_cast<context&>(*this)); });
    } else {
      static_assert(!detail::has_member<Store, detail::terminate_name>(),
                    "musubi: a store's terminate is `void terminate(std::string_view reason, "
                    "musubi::context&)`, and public");
    }
  }

 private:
  ~root_page() { running_.reset(); }

  static status fail_status() noexcept { return musubi::fail("the store threw"); }

  status call_mount(const Params& params) {
    if constexpr (requires { store_.mount(params, static_cast<context&>(*this)); }) {
      return store_.mount(params, static_cast<context&>(*this));
    } else if constexpr (requires { store_.mount(static_cast<context&>(*this)); }) {
      return store_.mount(static_cast<context&>(*this));
    } else {
      static_assert(!detail::has_member<Store, detail::mount_name>(),
                    "musubi: a store's mount is `musubi::status mount(const Params&, "
                    "musubi::context&)`, or without Params, and public");
      return {};
    }
  }
  State render() const {
    if constexpr (requires { store_.render(static_cast<const context&>(*this)); }) {
      return store_.render(static_cast<const context&>(*this));
    } else {
      return store_.render();
    }
  }

  bool render_changes(operations& ops) noexcept override {
    // not on the stack: a State may be large, and stacks of microcontrollers are not
    State* next = nullptr;
    const bool finished = detail::guarded(
        [&] { next = new (static_cast<void*>(resources_->render.data())) State(render()); });
    if (!finished) return false;
    codec<State>::diff(ops, pointer::root(), *sent_, *next);
    *sent_ = std::move(*next);
    next->~State();
    return true;
  }

  void write_state(json::writer& out) const noexcept override {
    out.raw("{\"__musubi_store_id__\":[]");
    if constexpr (detail::field_count<State>() != 0) out.raw(',');
    detail::write_fields(out, *sent_);
    out.raw('}');
  }

  const void* socket_data(const char* type) const noexcept override {
    return type == &detail::type_key<Socket> ? &socket_ : nullptr;
  }

  progress execute(const command_message& message) noexcept override {
    if (message.store_id != "[]" && !is_empty_array(message.store_id)) {
      refuse(message.ref, "unknown store");
      return progress::rejected;
    }
    return dispatch(message, command_list{});
  }
  static bool is_empty_array(std::string_view text) noexcept {
    return text.substr(1, text.size() - 2).find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  template <class... Commands>
  progress dispatch(const command_message& message, commands<Commands...>) noexcept {
    progress outcome = progress::rejected;
    const bool known = ((message.name == detail::command_name<Commands> &&
                         (outcome = run_command<Commands>(message), true)) ||
                        ...);
    if (!known) refuse(message.ref, "unknown command");
    return outcome;
  }

  template <class Command>
  progress run_command(const command_message& message) noexcept {
    Command command{};
    if (!decode(message, command)) return progress::rejected;
    using answer = detail::handled<Store, Command>;
    if constexpr (detail::is_task<answer>) {
      return start<Command>(command, message);
    } else {
      progress outcome = progress::failed;
      (void)detail::guarded([&] {
        const answer settled = store_.handle(command, static_cast<context&>(*this));
        outcome = reply<Command>(message.ref, settled);
      });
      return outcome;
    }
  }

  template <class Command>
  bool decode(const command_message& message, Command& command) noexcept {
    if constexpr (detail::field_count<Command>() == 0) {
      return true;
    } else {
      json::value payload;
      decode_error error;
      // the frame around it was scanned whole, so it can only be too large
      const json::parse_error parsed =
          json::parse_scanned(message.payload, *resources_->decode, payload);
      bool fits = false;
      if (parsed != json::parse_error::none) {
        refuse_exhausted(message.ref, "decode");
      } else if (!(fits = codec<Command>::read(payload, command, error))) {
        refuse(message.ref, error);
      }
      resources_->decode->reset();
      return fits;
    }
  }

  /// Answers a command that came to an end.
  template <class Command, class Answer>
  progress reply(std::string_view ref, const Answer& answer) noexcept {
    const status& outcome = [&]() -> const status& {
      if constexpr (is_result<Answer>) {
        return answer.error();
      } else {
        return answer;
      }
    }();
    if (outcome.code() == errc::failed) return progress::failed;
    if (!outcome.ok()) {
      refuse(ref, outcome);
      return progress::answered;
    }
    sink_->begin_reply(ref, true);
    if constexpr (is_result<Answer>) {
      codec<typename detail::reply_of<Command>::type>::write(sink_->out(), *answer);
    } else {
      sink_->out().raw("{}");
    }
    sink_->end_reply();
    return progress::answered;
  }

  /// Runs a handler that is a coroutine, up to its first wait or its end.
  template <class Command>
  progress start(const Command& command, const command_message& message) noexcept {
    const auto ref = command_ref::from(message.ref);
    if (!ref) {
      refuse(message.ref, "ref too long");
      return progress::rejected;
    }
    running_ = drive<Command>(command, *ref);
    if (!running_.valid()) {
      refuse_exhausted(message.ref, "coroutine_frames");
      return progress::rejected;
    }
    running_.start(settled_);
    return progress::suspended;
  }

  /// phoenix.js counts its refs; 20 digits outlast any connection.
  using command_ref = text<20>;

  /// Fails the page when a handler takes longer than its budget (contract section 4.7).
  struct budget : job {
    explicit budget(root_page& owner) noexcept : job(&budget::expired), page_(&owner) {
      owner.resources_->host->arm_after(timer_, owner.resources_->handler_timeout);
    }
    static void expired(job& self) noexcept { static_cast<budget&>(self).page_->fail(); }
    root_page* page_;
    timer timer_{*this};
  };

  template <class Command>
  task<> drive(Command command, command_ref ref) {
    using answer = typename detail::settled<detail::handled<Store, Command>>::type;
    budget limit(*this);
    auto handler = store_.handle(command, static_cast<context&>(*this));
    const answer settled = co_await handler;
    limit.timer_.cancel();
    if (!sink_->writable()) {
      event drained;
      drained_ = &drained;
      while (!sink_->writable()) co_await drained.wait();
      drained_ = nullptr;
    }
    if (reply<Command>(ref, settled) == progress::failed) {
      fail();
    } else {
      after_message();  // here, so that the envelope leaves with the reply
    }
  }

  struct settled_job : job {
    explicit settled_job(root_page& owner) noexcept : job(&settled_job::settled), page_(&owner) {}
    static void settled(job& self) noexcept { static_cast<settled_job&>(self).page_->finish(); }
    root_page* page_;
  };
  void finish() noexcept {
    if (running_.threw()) fail();
    running_.reset();
    idle();
    service();
  }

  [[no_unique_address]] Socket socket_;
  Store store_{};
  std::optional<State> sent_;
  task<> running_;
  settled_job settled_{*this};
};

}  // namespace musubi
