// A name that the protocol keeps for itself. (contract section 9)
// expect: musubi: event names that begin with musubi: are reserved; rename the event

#include <musubi/store/push_event.hpp>

struct Toast {
  static constexpr std::string_view name = "musubi:toast";
};

static_assert(musubi::detail::event_check<musubi::events<Toast>>::count == 1);
