// What a child calls is told whose it is.
// expect: musubi: the function of a callback is a member of the store, takes up to three values and

#include <musubi/store/callback.hpp>

struct cart {
  void changed(int) {}
  auto made(const musubi::context& ctx) const { return ctx.callback<&cart::changed>(*this); }
};
