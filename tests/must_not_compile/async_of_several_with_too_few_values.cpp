// A member of the two would stay without a value.
// expect: musubi: a task for several async members yields a std::tuple with one value each

#include <musubi/page/async_calls.hpp>

musubi::task<musubi::result<std::tuple<int>>> fetch();

struct station {
  musubi::status go(musubi::context& ctx) {
    return ctx.assign_async<&station::low, &station::high>(*this, fetch());
  }
  musubi::async<int> low;
  musubi::async<int> high;
};
