#pragma once
/// Mistakes in work that is passed to the threads of a port.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Work>
struct work_without_a_call {
  static_assert(right<work_without_a_call>,
                "musubi: the work of musubi::offload is a callable without arguments: [path] { "
                "return read(path); }");
};
template <class Work>
struct work_that_is_a_coroutine {
  static_assert(
      right<work_that_is_a_coroutine>,
      "musubi: the work of musubi::offload runs to completion on another thread, but a task "
      "belongs to its host; make the blocking call in the work and co_await its result");
};
template <class Work, class Answer>
struct work_that_answers_with_a_view {
  static_assert(
      right<work_that_answers_with_a_view>,
      "musubi: the work of musubi::offload is destroyed before its result is read; return a value, "
      "not a reference, pointer or view: musubi::text<N>, musubi::list<T, N>");
};
template <class Work, class Answer>
struct work_that_cannot_be_moved {
  static_assert(right<work_that_cannot_be_moved>,
                "musubi: the work of musubi::offload and its result are moved between threads; "
                "their move constructors must not throw");
};
template <class Work, decltype(sizeof 0) Bytes>
struct work_that_does_not_fit {
  static_assert(
      right<work_that_does_not_fit>,
      "musubi: the work of musubi::offload holds more than the 1024 bytes of a slot "
      "(musubi::offload_bytes); capture less, or point to an object with static lifetime");
};
template <class Answer, decltype(sizeof 0) Bytes>
struct answer_that_does_not_fit {
  static_assert(right<answer_that_does_not_fit>,
                "musubi: the result of the work takes more than the 1024 bytes of a slot "
                "(musubi::offload_bytes), 64 of which are reserved for an error; return less, or "
                "store it in an object with static lifetime");
};

}  // namespace musubi::mistake
