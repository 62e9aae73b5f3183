#pragma once
/// Mistakes in values of the library's own types.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Text, decltype(sizeof 0) Bytes>
struct literal_too_long {
  static_assert(right<literal_too_long>,
                "musubi: this literal is longer than the text's capacity; make the text longer, or "
                "truncate the literal with musubi::text<N>::clipped");
};
template <class Text, decltype(sizeof 0) Bytes>
struct text_of_a_buffer {
  static_assert(right<text_of_a_buffer>,
                "musubi: say how much of the buffer is text: musubi::text<N>::from("
                "std::string_view(buffer, size))");
};
template <class Text, class Part>
struct part_without_digits {
  static_assert(right<part_without_digits>,
                "musubi: write a float into a text as musubi::json::digits(value), or round it to "
                "an integer");
};
template <auto Json>
struct awkward_constant {
  static_assert(right<awkward_constant>,
                "musubi: the text of a musubi::constant must be printable ASCII without quotes and "
                "'\\\\'");
};
template <class Text>
struct borrowed_reason {
  static_assert(right<borrowed_reason>,
                "musubi: a reason is a literal, or is copied into the status; to put values into "
                "it: musubi::refuse(musubi::reason_text::clipped(\"at most \", most, \" lines\"))");
};
template <class Text>
struct borrowed_failure {
  static_assert(right<borrowed_failure>,
                "musubi: the reason of a failure is a literal; only musubi::refuse takes one with "
                "values in it");
};
template <class Text>
struct reason_too_long {
  static_assert(right<reason_too_long>,
                "musubi: a reason built at run time has at most 46 bytes; make it a "
                "musubi::reason_text");
};
template <class Value>
struct task_that_cannot_fail {
  static_assert(right<task_that_cannot_fail>,
                "musubi: a task of a plain value cannot fail; a coroutine that can fail returns "
                "musubi::task<musubi::result<T>>");
};
template <class List, decltype(sizeof 0) Count>
struct list_of_too_many_values {
  static_assert(right<list_of_too_many_values>,
                "musubi: these are more values than the list's capacity; make the list longer");
};
template <class List>
struct list_of_an_incomplete_type {
  static_assert(right<list_of_an_incomplete_type>,
                "musubi: a list holds its values in place, so their type must be complete; a "
                "struct cannot hold a list of itself: hold ids instead");
};

template <class Message, decltype(sizeof 0) Depth>
struct queue_of_another_depth {
  static_assert(right<queue_of_another_depth>,
                "musubi: the capacity of a mailbox must be a power of two, at least 2: "
                "musubi::mailbox<T, 16>");
};
template <class Value>
struct value_that_cannot_be_copied {
  static_assert(right<value_that_cannot_be_copied>,
                "musubi: a watched value is copied for each reader, so copying it must not throw; "
                "hold values in place (musubi::text<N>, musubi::list<T, N>)");
};
template <class Message>
struct message_that_cannot_be_copied {
  static_assert(right<message_that_cannot_be_copied>,
                "musubi: a message is copied for each receiver, so copying it must not throw; hold "
                "values in place (musubi::text<N>, musubi::list<T, N>)");
};

}  // namespace musubi::mistake
