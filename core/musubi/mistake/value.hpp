#pragma once
/// Mistakes in values of the library's own types.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Text, decltype(sizeof 0) Bytes>
struct literal_too_long {
  static_assert(right<literal_too_long>,
                "musubi: this literal has more bytes than the text has room for; make the text "
                "longer, or cut the literal with musubi::text<N>::clipped");
};
template <class Text, decltype(sizeof 0) Bytes>
struct text_of_a_buffer {
  static_assert(right<text_of_a_buffer>,
                "musubi: how much of a buffer is text, is for you to say: musubi::text<N>::from("
                "std::string_view(buffer, size))");
};
template <class Text, class Part>
struct part_without_digits {
  static_assert(right<part_without_digits>,
                "musubi: a float stands in a text as musubi::json::digits(value), or rounded to an "
                "integer");
};
template <class Text>
struct borrowed_reason {
  static_assert(
      right<borrowed_reason>,
      "musubi: a reason is a literal, or is copied into the status; for one with values "
      "in it: musubi::refuse(musubi::reason_text::clipped(\"at most \", most, \" lines\"))");
};
template <class Text>
struct borrowed_failure {
  static_assert(right<borrowed_failure>,
                "musubi: the reason of a failure is a literal; musubi::refuse takes one with "
                "values in it");
};
template <class Text>
struct reason_too_long {
  static_assert(right<reason_too_long>,
                "musubi: a reason that is made at run time has at most 46 bytes; make it a "
                "musubi::reason_text");
};
template <class Value>
struct task_that_cannot_fail {
  static_assert(right<task_that_cannot_fail>,
                "musubi: a task of a plain value always yields one; a coroutine that can fail "
                "returns musubi::task<musubi::result<T>>");
};
template <class List, decltype(sizeof 0) Count>
struct list_of_too_many_values {
  static_assert(right<list_of_too_many_values>,
                "musubi: these are more values than the list has room for; make the list longer");
};
template <class List>
struct list_of_an_incomplete_type {
  static_assert(right<list_of_an_incomplete_type>,
                "musubi: a list holds its values in place, so their type is defined before it; a "
                "struct cannot hold a list of itself: hold ids instead");
};

template <class Message, decltype(sizeof 0) Depth>
struct queue_of_another_depth {
  static_assert(right<queue_of_another_depth>,
                "musubi: a mailbox, and a topic between cores, has room for a power of two of "
                "messages, at least two: musubi::mailbox<T, 16>");
};
template <class Value>
struct value_that_cannot_be_copied {
  static_assert(right<value_that_cannot_be_copied>,
                "musubi: a watched value is copied for everyone who reads it, and copying it may "
                "not throw; hold values in place (musubi::text<N>, musubi::list<T, N>)");
};
template <class Message>
struct message_that_cannot_be_copied {
  static_assert(right<message_that_cannot_be_copied>,
                "musubi: a message is copied for everyone who gets it, and copying it may not "
                "throw; hold values in place (musubi::text<N>, musubi::list<T, N>)");
};

}  // namespace musubi::mistake
