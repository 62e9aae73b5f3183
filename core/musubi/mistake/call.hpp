#pragma once
/// Mistakes in what a store asks of its context.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Store, class Message>
struct message_without_handler {
  static_assert(right<message_without_handler>,
                "musubi: a store that subscribes to a topic has, public, `void handle_info(const "
                "Message&, musubi::context&)`");
};
template <class Store, class Topic>
struct subscription_to_no_topic {
  static_assert(right<subscription_to_no_topic>,
                "musubi: a store subscribes to a topic that outlives it, as `ctx.subscribe(*this, "
                "readings)` with `musubi::topic<reading> readings;`");
};
template <class Store, class Value>
struct value_without_handler {
  static_assert(right<value_without_handler>,
                "musubi: a store that is told what it follows has, public, `void handle_info(const "
                "Value&, musubi::context&)`; one that only shows it writes `ctx.follow(value)`");
};
template <class Value>
struct followed_value_that_is_no_watch {
  static_assert(right<followed_value_that_is_no_watch>,
                "musubi: a store follows a musubi::watch that outlives it, as `ctx.follow(target)` "
                "with `musubi::watch<int> target;`");
};
template <class Store, class News>
struct news_without_handler {
  static_assert(right<news_without_handler>,
                "musubi: a store that is sent an update has, public, `void update(const News&, "
                "musubi::context&)` for it");
};
template <class Store, class Value>
struct result_without_handler {
  static_assert(right<result_without_handler>,
                "musubi: a store that starts a task has, public, `void handle_async(const "
                "musubi::result<T>&, musubi::context&)` for what it yields");
};

template <class Store, class Work>
struct work_that_is_no_task {
  static_assert(
      right<work_that_is_no_task>,
      "musubi: the work is a coroutine that returns musubi::task<musubi::result<T>>; call "
      "it in place, or hand it over with std::move");
};
template <class Store, auto Member, class Value>
struct async_of_another_value {
  static_assert(right<async_of_another_value>,
                "musubi: the member that is assigned is a musubi::async<T> of this store, T being "
                "what the task yields");
};
template <class Store, class Values>
struct async_values_missing {
  static_assert(right<async_values_missing>,
                "musubi: a task for several async members yields a std::tuple with one value each");
};
template <class Store, auto Member, class Items>
struct async_stream_of_another_kind {
  static_assert(right<async_stream_of_another_kind>,
                "musubi: ctx.stream_async names a member of this store, a "
                "musubi::async<musubi::stream<item>>, and the field of its State that has the same "
                "type; the task yields musubi::stream_items<item, N>");
};
template <auto Member>
struct cancelled_member_that_is_no_async {
  static_assert(right<cancelled_member_that_is_no_async>,
                "musubi: ctx.cancel_async names the members that were assigned, each a "
                "musubi::async<T>");
};

template <auto Member>
struct member_that_is_no_stream {
  static_assert(right<member_that_is_no_stream>,
                "musubi: ctx.stream names a field of the State that is a musubi::stream<item>, as "
                "`ctx.stream<&State::history>()`");
};
template <class Upload>
struct files_of_no_upload {
  static_assert(right<files_of_no_upload>,
                "musubi: the files of an upload are asked for by its struct, the one with `accept` "
                "in the store's list of uploads");
};

template <class Function>
struct callback_of_another_form {
  static_assert(right<callback_of_another_form>,
                "musubi: the function of a callback is a member of the store, takes up to three "
                "values and, as its last argument, musubi::context&, and returns void");
};
template <class Store>
struct store_without_room_for_hooks {
  static_assert(
      right<store_without_room_for_hooks>,
      "musubi: a store with hooks says how many: static constexpr std::size_t hooks = 2;");
};
template <class Store, class Stage>
struct hook_of_another_form {
  static_assert(right<hook_of_another_form>,
                "musubi: a hook of this stage is `musubi::verdict name(const Info&, "
                "musubi::context&)`, Info being command_info, async_info or message_info");
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
