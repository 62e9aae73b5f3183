// A payload without the names of its fields.
// expect: musubi: an event is a plain struct; its fields are the payload

#include <musubi/store/push_event.hpp>

class Toast {
 public:
  explicit Toast(int of) : number(of) {}

 private:
  int number;
};

static_assert(musubi::detail::event_check<musubi::events<Toast>>::count == 1);
