#pragma once
/// A store of another server, with the struct that the server was compiled with.
///
///     musubi::remote<home::thermostat> cellar{server, "main"};
///     for (;;) {
///       if (cellar.live()) show(cellar.state().temperature);
///       co_await cellar.changed();
///     }
///     ...
///     const auto done = co_await cellar.call(home::thermostat::SetTarget{.celsius = 21});
///     if (!done.ok()) say(done.error().reason());  // "celsius: expected integer from 5 to 30"

#include <coroutine>
#include <cstdint>
#include <string_view>
#include <utility>

#include <musubi/async/runtime.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/remote/internal/event_ear.hpp>
#include <musubi/remote/internal/state_reader.hpp>
#include <musubi/remote/remote_place.hpp>
#include <musubi/remote/remote_root.hpp>
#include <musubi/remote/remote_server.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/event/push_event.hpp>

namespace musubi {

namespace detail {

/// Calls a command and waits for its reply.
template <class Command>
class call_awaiter final : remote_call {
  using Reply = typename reply_of<Command>::type;

 public:
  call_awaiter(remote_root& to, std::string_view store_id, const Command& command) noexcept
      : to_(to), store_id_(store_id), command_(command) {}

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> self) noexcept {
    resume_.coroutine = self;
    char room[2048];
    json::buffer_output to(room, sizeof room);
    json::writer out(to);
    codec<Command>::write(out, command_);
    if (to.failed()) {
      answer_ = fail("the command is longer than 2048 bytes");
      return false;
    }
    if (send(to_, command_name<Command>, to.view(), store_id_)) return true;
    answer_ = fail("the store is not live");
    if (outcome() == remote_outcome::exhausted) {
      answer_ = limit() == "calls" ? exhausted("remote_limits: calls")
                                   : exhausted("remote_limits: outgoing_bytes");
    }
    return false;
  }
  [[nodiscard]] result<Reply> await_resume() noexcept { return std::move(answer_); }

 private:
  void finished(std::string_view answer) noexcept override {
    if (outcome() == remote_outcome::ok) {
      json::reader from(answer);
      decode_error error;
      Reply reply{};
      if (codec<Reply>::read(from, reply, error)) {
        answer_ = std::move(reply);
      } else {
        answer_ = fail("the reply is another than its struct");
      }
    } else if (outcome() == remote_outcome::refused) {
      answer_ = refuse(reason_text::clipped(refusal_in(answer).view()));
    } else {
      answer_ = {errc::failed, reason_text::clipped(answer)};
    }
    runtime::current()->push(resume_);
  }

  remote_root& to_;
  std::string_view store_id_;
  Command command_;
  result<Reply> answer_ = fail("not sent");
  resume_job resume_;
};

}  // namespace detail

/// A mounted `Store` of another server, as long as this object lives. Keeps its State three times:
/// twice as the struct, once as text (`remote_limits::state_bytes`). See `remote_root` for what it
/// survives; its functions apply here as well.
template <class Store>
class remote : public remote_root {
 public:
  using State = typename Store::State;

  /// `id` names the instance and must outlive it, as must `params`, a JSON object.
  remote(remote_server& server, std::string_view id, std::string_view params = "{}") noexcept
      : remote_root(server, Store::module, id, params) {}

  /// The State as it was seen last; value-initialized before the first. While it is not `live` it
  /// is that of earlier times. A child in it has its id only: ask `child` for its State; a stream
  /// has nothing: ask `items`.
  [[nodiscard]] const State& state() const noexcept { return states_[current_]; }
  /// Whether `state` is the present one: the server is there, and what it sent fits the struct.
  [[nodiscard]] bool live() const noexcept { return status() == remote_status::live && fits_; }
  /// Whether there was a State at all.
  [[nodiscard]] bool known() const noexcept { return known_once_; }
  /// Whether the State that came last fits the struct. If not, the server was compiled with an
  /// older or newer one: `why` names the field, and `state` is the last that fitted.
  [[nodiscard]] bool fits() const noexcept { return fits_; }

  /// Sends a command; await it for a `result` of its Reply. The error is `refused`, with the words
  /// of the server, or `failed` when no answer came: then it may have run or not.
  template <class Command>
  [[nodiscard]] detail::call_awaiter<Command> call(const Command& command) noexcept {
    return {*this, "[]", command};
  }
  /// The same, to a store below: its store_id as JSON, `["cart","lines","mug-1"]`, which must live
  /// until the reply.
  template <class Command>
  [[nodiscard]] detail::call_awaiter<Command> call(std::string_view store_id,
                                                   const Command& command) noexcept {
    return {*this, store_id, command};
  }
  /// Calls `owner.handle_info(event)` for each event that the store pushes, one of `Store::events`,
  /// and `owner.handle_info(event, const musubi::remote_place&)` for each of the events of a store
  /// below, at any depth: for as long as this object lives, after the state that the event came
  /// with. Events for which `owner` has no such function are ignored, as are those of a store that
  /// is not in that state any more; `on_event` sees all.
  ///
  ///     musubi::remote<home::doorbell>::listener<porch> rings(bell, *this);
  template <class Owner>
  class listener final : detail::event_ear {
   public:
    /// Both must outlive it.
    listener(remote& of, Owner& owner) noexcept : owner_(owner) { of.ears_.push_back(*this); }

   private:
    bool hear(const detail::told_event& told) noexcept override {
      if (told.store_id != "[]") return detail::hear_below<State>(owner_, told);
      return detail::hear_events(typename detail::events_of<Store>::type(), owner_, told);
    }
    Owner& owner_;
  };
  /// Events so far that a listener could not be told of, because they do not fit their struct.
  [[nodiscard]] std::uint32_t unfit_events() const noexcept { return unfit_events_; }

  /// Reads the State of a store below by its store_id; false if there is none, or it does not fit.
  template <class Child>
  [[nodiscard]] bool child(std::string_view store_id, typename Child::State& into) const noexcept {
    decode_error error;
    return detail::read_state(store_text(store_id), into, error);
  }
  /// Calls `use(item)` for each item of a stream, in order. Items that do not fit are left out.
  /// Returns their number.
  template <class Item, class Use>
  std::size_t items(std::string_view stream, Use&& use, std::string_view store_id = "[]") const {
    std::size_t unfit = 0;
    json::reader from(items_text(store_id, stream));
    (void)from.elements([&] {
      std::string_view values[1];
      static constexpr std::string_view names[] = {"item"};
      std::uint32_t twice = 0;
      Item item{};
      decode_error error;
      if (!json::find_members(from, names, values, twice)) return false;
      if (detail::read_state(values[0], item, error)) {
        use(std::as_const(item));
      } else {
        ++unfit;
      }
      return true;
    });
    return unfit;
  }

 protected:
  void on_change() noexcept override {
    if (status() != remote_status::live) return;
    State& next = states_[1 - current_];
    next = State{};
    decode_error error;
    fits_ = detail::read_state(state_text(), next, error);
    if (fits_) {
      current_ = static_cast<std::uint8_t>(1 - current_);
      known_once_ = true;
    } else {
      unusable(detail::misfit(error));
    }
  }
  void on_event(std::string_view store_id, std::string_view name,
                std::string_view payload) noexcept override {
    const detail::told_event told{store_id, name, payload, state_text()};
    // one that hears may end others: each is back in its list before it hears
    intrusive_list<detail::event_ear> waiting;
    while (detail::event_ear* const each = ears_.pop_front()) waiting.push_back(*each);
    while (detail::event_ear* const each = waiting.pop_front()) {
      ears_.push_back(*each);
      if (!each->hear(told)) ++unfit_events_;
    }
  }

 private:
  State states_[2]{};
  intrusive_list<detail::event_ear> ears_;
  std::uint32_t unfit_events_ = 0;
  std::uint8_t current_ = 0;
  bool fits_ = true;
  bool known_once_ = false;
};

}  // namespace musubi
