#pragma once
/// Passes a command's message to the handler of its store, and replies.

#include <utility>

#include <musubi/async/task.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/guard.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/command/internal/command_watch.hpp>
#include <musubi/store/command/internal/needs.hpp>
#include <musubi/store/internal/node.hpp>
#include <musubi/store/internal/store_features.hpp>
#include <musubi/store/page/internal/page.hpp>

namespace musubi::detail {

/// `Context` is the store's own node.
template <class Store, class Context>
class command_runner {
 public:
  static page::progress run(page& on, Context& ctx, Store& store,
                            const command_message& message) noexcept {
    return dispatch(on, ctx, store, message, typename commands_of<Store>::type{});
  }

 private:
  using progress = page::progress;

  template <class... Commands>
  static progress dispatch(page& on, Context& ctx, Store& store, const command_message& message,
                           commands<Commands...>) noexcept {
    progress outcome = progress::rejected;
    command_watch watch(on, ctx, message.name);
    const bool known = ((message.name == command_name<Commands> &&
                         (outcome = run_command<Commands>(on, ctx, store, message, watch), true)) ||
                        ...);
    if (!known) on.refuse(message.ref, "unknown command");
    if (outcome == progress::failed) on.explain(fail("the handler threw"));
    watch.end();
    return outcome;
  }

  template <class Command>
  static progress run_command(page& on, Context& ctx, Store& store, const command_message& message,
                              [[maybe_unused]] command_watch& watch) noexcept {
    if constexpr (has_needs<Store, Command>) {
      if (is_forbidden<Command>(on, ctx, message)) return progress::rejected;
    }
    Command command{};
    if (!decode(on, ctx, message, command)) return progress::rejected;
    if constexpr (hooked) {
      command_info info = info_of(on, ctx, message, command);
      verdict decided = verdict::halt;
      if (!guarded([&] { decided = on.before_command(ctx, info); })) return progress::failed;
      if (decided == verdict::halt) answer_halted(info, nullptr, nullptr);
      if (decided != verdict::proceed) {
        if (telemetry* to = on.resources().observed.listener()) {
          to->on_auth_deny({event_source::of(ctx), command_name<Command>});
        }
        return progress::answered;
      }
    }
    if constexpr (is_task<handled<Store, Command>>) {
      return start<Command>(on, ctx, store, command, message, watch);
    } else {
      progress outcome = progress::failed;
      (void)guarded([&] {
        const auto settled = store.handle(command, static_cast<context&>(ctx));
        if constexpr (hooked) run_after(on, ctx, info_of(on, ctx, message, command), settled);
        outcome = reply<Command>(on, message.ref, settled);
      });
      ctx.mark();
      return outcome;
    }
  }

  /// Refuses a command if the visitor lacks what it needs.
  template <class Command>
  static bool is_forbidden(page& on, const Context& ctx, const command_message& message) noexcept {
    const std::string_view missing = lacks<Store, Command>(static_cast<const context&>(ctx));
    if (missing.empty()) return false;
    on.refuse(message.ref, refusal("forbidden", nullptr, missing));
    if (telemetry* to = on.resources().observed.listener()) {
      to->on_auth_deny({event_source::of(ctx), command_name<Command>});
    }
    return true;
  }

  /// Whether hooks may be attached to this store or one above it.
  static constexpr bool hooked = std::is_base_of_v<child_node, Context> || uses_hooks<Store>;

  template <class Command>
  static command_info info_of(page& on, Context& ctx, const command_message& message,
                              const Command& command) noexcept {
    command_info info;
    info.name = command_name<Command>;
    info.store_id = ctx.store_id();
    info.payload = message.payload;
    info.type = &type_key<Command>;
    info.decoded = &command;
    info.answer = &answer_halted;
    info.page = &on;
    info.ref = message.ref;
    return info;
  }
  static void answer_halted(const command_info& to, const void* value,
                            command_info::write_reply write) noexcept {
    page_sink& sink = static_cast<page*>(to.page)->sink();
    sink.begin_reply(to.ref, true);
    if (write != nullptr) {
      write(sink.out(), value);
    } else {
      sink.out().raw("{}");
    }
    sink.end_reply();
  }
  template <class Answer>
  static void run_after(page& on, Context& ctx, command_info info, const Answer& answer) {
    info.answer = nullptr;
    if constexpr (is_result<Answer>) {
      if (answer.ok()) {
        info.reply_type = &type_key<typename Answer::value_type>;
        info.reply_at = &*answer;
      }
    }
    (void)on.after_command(ctx, info);
  }

  // Where the stack is little, these two are not inlined: what decoding needs is not on the stack
  // of the refusal, and what that needs not on the stack of the handler.
  template <class Command>
  MUSUBI_ONCE static bool read(std::string_view payload, Command& command,
                               decode_error& error) noexcept {
    json::reader from(payload);
    return codec<Command>::read(from, command, error);
  }
  template <class Command>
  MUSUBI_ONCE static bool decode(page& on, [[maybe_unused]] const Context& ctx,
                                 const command_message& message, Command& command) noexcept {
    if constexpr (field_count<Command>() == 0) {
      return true;
    } else if constexpr (!short_ways && requires { codec<Command>::is_record; }) {
      return on.decode(ctx, message, &command, reader_of<Command>);
    } else {
      decode_error error;
      if (read(message.payload, command, error)) return true;
      on.refuse(message.ref, error.refused_as("invalid payload"));
      if (telemetry* to = on.resources().observed.listener()) {
        to->on_payload_refused({event_source::of(ctx), command_name<Command>, error});
      }
      return false;
    }
  }

  /// Replies to a command whose handler has finished.
  template <class Command, class Answer>
  static progress reply(page& on, std::string_view ref, const Answer& answer) noexcept {
    const status& outcome = [&]() -> const status& {
      if constexpr (is_result<Answer>) {
        return answer.error();
      } else {
        return answer;
      }
    }();
    if (on.failed()) return progress::failed;
    if (outcome.code() == errc::failed) {
      on.explain(outcome);
      return progress::failed;
    }
    if (!outcome.ok()) {
      on.refuse(ref, outcome);
      return progress::answered;
    }
    page_sink& sink = on.sink();
    sink.begin_reply(ref, true);
    if constexpr (is_result<Answer>) {
      codec<typename reply_of<Command>::type>::write(sink.out(), *answer);
    } else {
      sink.out().raw("{}");
    }
    sink.end_reply();
    return progress::answered;
  }

  /// Runs a handler that is a coroutine, up to its first wait or its end.
  template <class Command>
  static progress start(page& on, Context& ctx, Store& store, const Command& command,
                        const command_message& message, command_watch& watch) noexcept {
    const auto ref = command_ref::from(message.ref);
    if (!ref) {
      on.refuse(message.ref, "ref too long");
      return progress::rejected;
    }
    return on.suspend(drive<Command>(on, ctx, store, command, *ref, watch), message.ref);
  }

  /// phoenix.js counts its refs; 20 digits outlast any connection.
  using command_ref = text<20>;

  template <class Command>
  static command_run drive(page& on, Context& ctx, Store& store, Command command, command_ref ref,
                           command_watch& begun) {
    // the caller's: it is there until the first wait
    command_watch watch(std::move(begun), command_name<Command>);
    using answer = typename settled<handled<Store, Command>>::type;
    page::handler_budget limit(on);
    auto handler = store.handle(command, static_cast<context&>(ctx));
    const answer outcome = co_await handler;
    limit.stop();
    if (!on.sink().writable()) {
      event drained;
      on.wait_for_client(&drained);
      while (!on.sink().writable()) co_await drained.wait();
      on.wait_for_client(nullptr);
    }
    ctx.mark();
    watch.resumed();
    if constexpr (hooked) {
      const command_message message{.ref = ref.view(), .name = {}, .store_id = {}, .payload = {}};
      run_after(on, ctx, info_of(on, ctx, message, command), outcome);
    }
    if (reply<Command>(on, ref, outcome) == progress::failed) {
      on.fail();
      watch.end();
    } else {
      watch.end();
      on.after_message();  // here, so that the envelope leaves with the reply
    }
  }
};

}  // namespace musubi::detail
