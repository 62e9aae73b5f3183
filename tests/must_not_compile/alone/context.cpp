// A context without the definitions of its functions.

#include <musubi/store/context.hpp>

// mistake: a task
// expect: musubi: a context is used without the definitions of its functions; include
// names: context_without_definitions, sampler
struct sampler {
  void handle_async(const musubi::result<int>&, musubi::context&) {}
};
void measure(sampler& store, musubi::context& ctx, musubi::task<musubi::result<int>>& work) {
  (void)ctx.start_async(store, static_cast<musubi::task<musubi::result<int>>&&>(work));
}

// mistake: an event
// expect: musubi: a context is used without the definitions of its functions; include
// names: context_without_definitions, chime
struct chime {};
void ring(musubi::context& ctx) {
  ctx.push_event(chime());
}

// mistake: a stream
// expect: musubi: a context is used without the definitions of its functions; include
// names: context_without_definitions, entries
struct State {
  int entries;
};
void reset(musubi::context& ctx) {
  ctx.stream<&State::entries>();
}
