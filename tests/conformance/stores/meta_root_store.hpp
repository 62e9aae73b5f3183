#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A map whose keys come and go (contract section 17.1).
struct meta_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.MetaRootStore";

  using meta_map = musubi::dict<short_text, short_text, 16>;
  struct State {
    meta_map meta;
  };
  struct Put {
    short_text key;
    short_text value;
  };
  struct Drop {
    short_text key;
  };
  using commands = musubi::commands<Put, Drop>;

  musubi::status mount(musubi::context&) { return put("a", "1"); }
  musubi::status handle(const Put& command, musubi::context&) {
    return put(command.key, command.value);
  }
  musubi::status handle(const Drop& command, musubi::context&) {
    (void)meta.erase(command.key);
    return {};
  }
  State render() const { return {meta}; }

  musubi::status put(const short_text& key, const short_text& value) {
    if (!meta.set(key, value)) return musubi::refuse("the map is full", "key");
    return {};
  }

  meta_map meta;
};

}  // namespace conformance
