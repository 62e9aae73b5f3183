#pragma once
// A stream: a list that the browsers store. The device sends inserts and deletes, and keeps only
// what it needs: here, the last twenty entries, for browsers that connect later.
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

struct log_entry {
  std::int32_t id;  // the key of the item in browsers: "entries-7"
  musubi::text<60> line;
};
struct log_struck {
  std::int32_t id;
};

// The device's log, shared by all browsers.
struct log_of_the_device {
  static constexpr std::int32_t kept = 20;

  void write(std::string_view line) {
    if (latest.size() == latest.capacity) latest.erase(0);
    const log_entry fresh{next++, musubi::text<60>::clipped(line)};
    (void)latest.push_back(fresh);
    written.publish(fresh);
  }
  void strike(std::int32_t id) {
    for (std::size_t i = 0; i < latest.size(); ++i) {
      if (latest[i].id == id) return latest.erase(i), (void)struck.publish({id});
    }
  }

  std::int32_t next = 1;
  musubi::list<log_entry, kept> latest;
  musubi::topic<log_entry> written;
  musubi::topic<log_struck> struck;
};
inline log_of_the_device device_log;

struct logbook {
  static constexpr std::string_view module = "Example.Logbook";

  struct State {
    musubi::stream<log_entry> entries;  // on the wire, a marker for the place of the list
  };
  struct Write {
    musubi::text<60> line;
  };
  struct Strike {
    std::int32_t id;
  };
  using commands = musubi::commands<Write, Strike>;

  // The existing entries are sent with the first patch. The reset is for a browser that reconnects
  // and may still show entries that were deleted in the meantime.
  musubi::status mount(musubi::context& ctx) {
    const auto entries = ctx.stream<&State::entries>();
    entries.reset();
    entries.insert_all(device_log.latest, newest_first);
    const musubi::status subscribed = ctx.subscribe(*this, device_log.written);
    return subscribed.ok() ? ctx.subscribe(*this, device_log.struck) : subscribed;
  }
  musubi::status handle(const Write& command, musubi::context&) {
    if (command.line.empty()) return musubi::refuse("an entry has a text", "line");
    device_log.write(command.line);
    return {};
  }
  musubi::status handle(const Strike& command, musubi::context&) {
    device_log.strike(command.id);
    return {};
  }
  void handle_info(const log_entry& fresh, musubi::context& ctx) {
    ctx.stream<&State::entries>().insert(fresh, newest_first);
  }
  void handle_info(const log_struck& gone, musubi::context& ctx) {
    ctx.stream<&State::entries>().remove({gone.id, {}});
  }
  State render() const { return {}; }

  // Inserts at the start and limits the length: the oldest entries are removed at the end.
  static constexpr musubi::insertion newest_first{.at = 0, .limit = log_of_the_device::kept};
};
