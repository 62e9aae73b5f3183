#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A value that is fetched (contract section 17.1).
struct async_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.AsyncRootStore";

  struct person {
    short_text name;
  };
  struct State {
    musubi::async<person> profile;
  };
  struct Load {
    short_text outcome;
  };
  using commands = musubi::commands<Load>;

  static musubi::task<musubi::result<person>> fetch(short_text outcome) {
    if (outcome == "failed") co_return musubi::refuse("nope");
    co_return person{"ada"};
  }
  musubi::status handle(const Load& command, musubi::context& context) {
    return context.assign_async<&async_root_store::profile>(*this, fetch(command.outcome));
  }
  State render() const { return {profile}; }

  musubi::async<person> profile;
};

}  // namespace conformance
