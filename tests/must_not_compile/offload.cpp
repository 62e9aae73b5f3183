// Work that cannot be handed to the threads of a port.

#include <array>
#include <string>

#include <musubi/async/offload.hpp>
#include <musubi/memory/text.hpp>

namespace {

struct reader {
  musubi::text<64> line;
};

// mistake: an answer that refers to what is the work's own
// expect: musubi: the work of musubi::offload is destroyed before its result is read; return a
// names: work_that_answers_with_a_view
void refer(reader& from) {
  (void)musubi::offload({}, [&from]() -> const musubi::text<64>& { return from.line; });
}

// mistake: an answer that is a view
// expect: musubi: the work of musubi::offload is destroyed before its result is read; return a
// names: work_that_answers_with_a_view
void view(const reader& from) {
  (void)musubi::offload({}, [from]() -> musubi::result<std::string_view> { return from.line; });
}

// mistake: a coroutine in place of work
// expect: musubi: the work of musubi::offload runs to completion on another thread, but a task
// names: work_that_is_a_coroutine
void suspend() {
  (void)musubi::offload({}, []() -> musubi::task<> { co_return; });
}

// mistake: work that needs an argument
// expect: musubi: the work of musubi::offload is a callable without arguments: [path] { return
// names: work_without_a_call
void call() {
  (void)musubi::offload({}, [](int disk) { return disk; });
}

// mistake: work that holds more than a slot
// expect: musubi: the work of musubi::offload holds more than the 1024 bytes of a slot
// names: work_that_does_not_fit, 2000
void carry(const std::array<char, 2000>& much) {
  (void)musubi::offload({}, [much] { return much[0]; });
}

// mistake: an answer that is larger than a slot
// expect: musubi: the result of the work takes more than the 1024 bytes of a slot
// names: answer_that_does_not_fit
void bring_back() {
  (void)musubi::offload({}, [] { return std::array<char, 2000>(); });
}

// mistake: an answer whose move may throw
// expect: musubi: the work of musubi::offload and its result are moved between threads; their
// names: work_that_cannot_be_moved
struct stubborn {
  stubborn() = default;
  stubborn(const stubborn&) noexcept(false) {}
};
void move() {
  (void)musubi::offload({}, [] { return stubborn(); });
}

}  // namespace
