#pragma once
/// A store's access to its streams and events: operations are written immediately and sent with the
/// envelope.

#include <musubi/mistake/call.hpp>

#include <musubi/store/event/internal/mistakes_of_events.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/internal/node.hpp>
#include <musubi/store/page/internal/outgoing.hpp>
#include <musubi/store/stream/internal/stream_refs.hpp>
#include <musubi/store/stream/stream.hpp>
#include <musubi/store/task/async_value.hpp>

namespace musubi {

/// A temporary handle of one store's stream. The operations of one cycle are sent in the order of
/// contract section 7.5: the reset, then all inserts, then all deletes.
template <class Stream>
class stream_handle {
 public:
  using item = typename Stream::item_type;
  stream_handle(context& of, std::string_view name) noexcept : context_(&of), name_(name) {}

  /// Inserts `added`, or moves and replaces the item with its key.
  void insert(const item& added, const insertion& where = {}) const noexcept {
    if (where.at < -1) return context_->fail(musubi::fail("a stream's insert with at below -1"));
    json::writer* out = begin(outgoing::kind::stream_insert, "insert");
    if (out == nullptr) return;
    out->raw(",\"item_key\":");
    detail::write_item_key<Stream>(*out, name_, added);
    out->raw(",\"at\":");
    out->number(where.at);
    out->raw(",\"item\":");
    codec<item>::write(*out, added);
    out->raw(",\"limit\":");
    codec<std::optional<std::int32_t>>::write(*out, where.limit);
    end(*out);
  }
  /// Inserts each of `items` at `where`: at 0, they end up reversed.
  template <class Items>
  void insert_all(const Items& items, const insertion& where = {}) const noexcept {
    for (const item& each : items) insert(each, where);
  }
  /// Deletes the item with the key of `gone`.
  void remove(const item& gone) const noexcept {
    json::writer* out = begin(outgoing::kind::stream_delete, "delete");
    if (out == nullptr) return;
    out->raw(",\"item_key\":");
    detail::write_item_key<Stream>(*out, name_, gone);
    end(*out);
  }
  /// Deletes the item with the key `key`, which is the whole key: "history-7".
  void remove_by_key(std::string_view key) const noexcept {
    json::writer* out = begin(outgoing::kind::stream_delete, "delete");
    if (out == nullptr) return;
    out->raw(",\"item_key\":");
    out->string(key);
    end(*out);
  }
  /// Empties the list, before the inserts of this cycle.
  void reset() const noexcept {
    const std::uint8_t ref = this->ref();
    if (ref == detail::stream_refs::none) return;
    if (context_->on_page().said()->resetting(context_->store_id(), ref)) return;
    json::writer* out = begin(outgoing::kind::stream_reset, "reset");
    if (out != nullptr) end(*out);
  }

 private:
  [[nodiscard]] std::uint8_t ref() const noexcept {
    auto* refs = node::of(*context_).streams();
    const std::uint8_t ref = refs == nullptr ? detail::stream_refs::none : refs->of(name_.data());
    if (ref == detail::stream_refs::none) {
      context_->fail(musubi::fail("a stream that is no field of this store's State"));
    }
    return ref;
  }
  [[nodiscard]] json::writer* begin(outgoing::kind kind, std::string_view op) const noexcept {
    const std::uint8_t number = ref();
    if (number == detail::stream_refs::none) return nullptr;
    json::writer* out = context_->on_page().said()->begin(kind, context_->store_id(), number);
    if (out == nullptr) return nullptr;
    out->raw("{\"op\":\"");
    out->raw(op);
    out->raw("\",\"stream\":\"");
    out->raw(name_);
    out->raw("\",\"ref\":\"");
    out->number(number);
    out->raw("\",\"store_id\":[");
    out->raw(context_->store_id());
    out->raw(']');
    return out;
  }
  void end(json::writer& out) const noexcept {
    out.raw('}');
    context_->on_page().said()->end();
  }

  context* context_;
  std::string_view name_;
};

namespace detail {

/// Replaces a member that is not a stream. It accepts every call, so that the compiler reports no
/// further errors.
struct no_stream {
  void insert(auto&&...) const {}
  void insert_all(auto&&...) const {}
  void remove(auto&&...) const {}
  void remove_by_key(auto&&...) const {}
  void reset() const {}
};

template <class T>
struct stream_member {};
template <class Class, class Item, auto Key>
struct stream_member<musubi::stream<Item, Key> Class::*> {
  using type = musubi::stream<Item, Key>;
  using owner = Class;
};
template <class Class, class Item, auto Key>
struct stream_member<async<musubi::stream<Item, Key>> Class::*> {
  using type = musubi::stream<Item, Key>;
  using owner = Class;
};

/// The name on the wire of the member `Member`.
template <auto Member, class Class>
consteval std::string_view member_name() {
  if constexpr (lists_fields<Class>) {
    return std::apply(
        [](const auto&... entry) {
          std::string_view name;
          (
              [&] {
                if constexpr (std::is_same_v<std::remove_const_t<decltype(Member)>,
                                             std::remove_cvref_t<decltype(entry.member)>>) {
                  if (entry.member == Member) name = entry.name;
                }
              }(),
              ...);
          return name;
        },
        Class::fields);
  } else {
    return name_of<Class, Member>::storage.view();
  }
}

}  // namespace detail

template <auto Member, class>
auto context::stream() noexcept {
  using member = detail::stream_member<std::remove_const_t<decltype(Member)>>;
  if constexpr (!requires { typename member::type; }) {
    static_assert(sizeof(mistake::member_that_is_no_stream<Member>) != 0);
    return detail::no_stream();
  } else {
    static constexpr std::string_view name = detail::member_name<Member, typename member::owner>();
    return stream_handle<typename member::type>(*this, name);
  }
}

template <class Event, class>
void context::push_event(const Event& event) noexcept {
  static_assert(detail::right_event<Event>);
  auto* out = on_page().said();
  if (out == nullptr) {
    return fail(
        musubi::fail("an event of a store that declares none: using events = "
                     "musubi::events<...>"));
  }
  json::writer* to = out->begin(outgoing::kind::event, store_id(), 0);
  if (to == nullptr) return;
  to->raw("{\"store_id\":[");
  to->raw(store_id());
  to->raw("],\"name\":\"");
  to->raw(detail::command_name<Event>);
  to->raw("\",\"payload\":");
  codec<Event>::write(*to, event);
  to->raw('}');
  out->end();
}

// not const: render, which gets a const context, says nothing and takes nothing back
// NOLINTNEXTLINE(readability-make-member-function-const)
inline void context::drop_events() noexcept {
  if (auto* out = on_page().said()) out->drop_events(store_id());
}

}  // namespace musubi
