#pragma once
/// Mistakes in work that is handed to the threads of a port.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Work>
struct work_without_a_call {
  static_assert(right<work_without_a_call>,
                "musubi: the work of musubi::offload is a function without arguments: "
                "[path] { return read(path); }");
};
template <class Work>
struct work_that_is_a_coroutine {
  static_assert(right<work_that_is_a_coroutine>,
                "musubi: the work of musubi::offload runs to its end on another thread, and a task "
                "belongs to its host; let the work call what blocks, and co_await its answer");
};
template <class Work, class Answer>
struct work_that_answers_with_a_view {
  static_assert(right<work_that_answers_with_a_view>,
                "musubi: the work of musubi::offload is gone when its answer is read, so that is "
                "a value and no reference, pointer or view: musubi::text<N>, musubi::list<T, N>");
};
template <class Work, class Answer>
struct work_that_cannot_be_moved {
  static_assert(right<work_that_cannot_be_moved>,
                "musubi: the work of musubi::offload and its answer are moved from thread to "
                "thread, and moving them may not throw");
};
template <class Work, decltype(sizeof 0) Bytes>
struct work_that_does_not_fit {
  static_assert(right<work_that_does_not_fit>,
                "musubi: the work of musubi::offload holds more than the 1024 bytes of a slot "
                "(musubi::offload_bytes); capture less, or point to what lives as long as the "
                "program");
};
template <class Answer, decltype(sizeof 0) Bytes>
struct answer_that_does_not_fit {
  static_assert(right<answer_that_does_not_fit>,
                "musubi: the answer of the work takes more than the 1024 bytes of a slot "
                "(musubi::offload_bytes), 64 of which are for an error; answer with less, or let "
                "the work put it into what lives as long as the program");
};

}  // namespace musubi::mistake
