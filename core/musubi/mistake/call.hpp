#pragma once
/// Mistakes in what a store asks of its context.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

/// Completed by each call of a function of a context. `Definitions` is complete if they are
/// included.
template <class Definitions, class... Used>
struct context_without_definitions {
  static_assert(
      requires { sizeof(Definitions); },
      "musubi: a context is used without the definitions of its functions; include "
      "<musubi/musubi.hpp>");
  using type = void;
};

template <class Store, class Message>
struct message_without_handler {
  static_assert(right<message_without_handler>,
                "musubi: a store that subscribes to a topic needs a public `void handle_info(const "
                "Message&, musubi::context&)`");
};
template <class Store, class Topic>
struct subscription_to_no_topic {
  static_assert(right<subscription_to_no_topic>,
                "musubi: a store subscribes to a topic that outlives it; declare "
                "`musubi::topic<reading> readings;` and call `ctx.subscribe(*this, readings)`");
};
template <class Store, class Value>
struct value_without_handler {
  static_assert(right<value_without_handler>,
                "musubi: a store that follows a value with `ctx.follow(*this, value)` needs a "
                "public `void handle_info(const Value&, musubi::context&)`; to only show the "
                "value, call `ctx.follow(value)`");
};
template <class Value>
struct followed_value_that_is_no_watch {
  static_assert(right<followed_value_that_is_no_watch>,
                "musubi: a store follows a musubi::watch that outlives it; declare "
                "`musubi::watch<int> target;` and call `ctx.follow(target)`");
};
template <class Store, class News>
struct news_without_handler {
  static_assert(right<news_without_handler>,
                "musubi: a store that is sent an update needs a public `void update(const News&, "
                "musubi::context&)` for it");
};
template <class Store, class Value>
struct result_without_handler {
  static_assert(right<result_without_handler>,
                "musubi: a store that starts a task needs a public `void handle_async(const "
                "musubi::result<T>&, musubi::context&)` for its result");
};

template <class Store, class Work>
struct work_that_is_no_task {
  static_assert(right<work_that_is_no_task>,
                "musubi: the work must be a coroutine that returns "
                "musubi::task<musubi::result<T>>; call it in place, or pass it with std::move");
};
template <class Store, auto Member, class Value>
struct async_of_another_value {
  static_assert(right<async_of_another_value>,
                "musubi: ctx.assign_async names a member of this store that is a musubi::async<T>, "
                "where T is what the task yields");
};
template <class Store, class Values>
struct async_values_missing {
  static_assert(
      right<async_values_missing>,
      "musubi: a task for several async members yields a std::tuple with one value for each");
};
template <class Store, auto Member, class Items>
struct async_stream_of_another_kind {
  static_assert(right<async_stream_of_another_kind>,
                "musubi: ctx.stream_async names a musubi::async<musubi::stream<item>> member of "
                "this store and the field of its State that has the same type; the task yields "
                "musubi::stream_items<item, N>");
};
template <auto Member>
struct cancelled_member_that_is_no_async {
  static_assert(right<cancelled_member_that_is_no_async>,
                "musubi: ctx.cancel_async names the members passed to ctx.assign_async, each a "
                "musubi::async<T>");
};

template <auto Member>
struct member_that_is_no_stream {
  static_assert(right<member_that_is_no_stream>,
                "musubi: ctx.stream names a field of the State that is a musubi::stream<item>: "
                "`ctx.stream<&State::history>()`");
};
template <class Upload>
struct files_of_no_upload {
  static_assert(right<files_of_no_upload>,
                "musubi: name an upload by its struct: the one that declares `accept`, in the "
                "store's list of uploads");
};

template <class Function>
struct callback_of_another_form {
  static_assert(right<callback_of_another_form>,
                "musubi: a callback is a member function of the store that takes up to three "
                "values, then musubi::context&, and returns void");
};
template <class Store>
struct store_without_room_for_hooks {
  static_assert(right<store_without_room_for_hooks>,
                "musubi: a store with hooks declares how many it may attach: static constexpr "
                "std::size_t hooks = 2;");
};
template <class Store, class Stage>
struct hook_of_another_form {
  static_assert(right<hook_of_another_form>,
                "musubi: a hook of this stage is `musubi::verdict name(const Info&, "
                "musubi::context&)`, where Info is command_info, async_info or message_info");
};
template <class Store>
struct render_hook_of_another_form {
  static_assert(right<render_hook_of_another_form>,
                "musubi: a hook after render is `void name(State&, musubi::context&)`");
};
template <class Store>
struct serialize_hook_of_another_form {
  static_assert(right<serialize_hook_of_another_form>,
                "musubi: a hook after serialize is `void name(const musubi::serialized<State>&, "
                "musubi::context&)`");
};

}  // namespace musubi::mistake
