#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A stream whose items have keys of their own (contract section 17.1).
struct stream_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.StreamRootStore";

  struct item {
    short_text id;
  };
  static musubi::text<64> item_key(const item& of) noexcept {
    musubi::text<64> key("item-");
    (void)key.append(of.id.view());
    return key;
  }
  struct State {
    short_text title;
    musubi::stream<item, &stream_root_store::item_key> items;
  };
  struct Seed {
    std::int32_t count;
  };
  struct Insert {
    short_text id;
    std::int32_t at;
    std::optional<std::int32_t> limit;
  };
  struct Delete {
    short_text id;
  };
  using commands = musubi::commands<Seed, Insert, Delete>;

  musubi::status handle(const Seed& command, musubi::context& context);
  musubi::status handle(const Insert& command, musubi::context& context) {
    context.stream<&State::items>().insert({command.id},
                                           {.at = command.at, .limit = command.limit});
    return {};
  }
  musubi::status handle(const Delete& command, musubi::context& context) {
    context.stream<&State::items>().remove({command.id});
    return {};
  }
  State render() const { return {"stream", {}}; }
};

}  // namespace conformance
