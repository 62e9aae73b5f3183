// A result that nobody would take.
// expect: musubi: a store that starts a task has

#include <musubi/page/async_calls.hpp>

struct sent {
  int id;
};
musubi::task<musubi::result<sent>> send();

struct chat {
  musubi::status go(musubi::context& ctx) { return ctx.start_async(*this, send()); }
};
