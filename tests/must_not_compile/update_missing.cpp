// News that nobody would take.
// expect: musubi: a store that is sent an update has

#include <musubi/page/send_update.hpp>

struct news {
  int number;
};
struct comments {};

musubi::status tell(musubi::context& ctx) {
  return ctx.send_update<comments>(news{1}, "comments");
}
