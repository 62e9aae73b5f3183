#pragma once
// Uploads: what browsers post lands in a folder of the device, and everybody sees the list.
#include "incoming_file.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include <musubi/host/topic.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/store/commands.hpp>
#include <musubi/store/upload.hpp>

/// What the device has, whoever looks.
struct posted {
  file_name file;         // in the folder, and no other has it
  musubi::text<64> name;  // what its sender calls it: a label, which many may have
  musubi::safe_integer size;
};
struct post_office {
  std::string_view folder = ".";
  musubi::list<posted, 16> latest;  // the newest last
  musubi::topic<posted> deliveries;
  std::array<incoming_file, 8> on_the_way;  // as many at once, of all browsers together

  [[nodiscard]] incoming_file* free_slot() noexcept {
    for (incoming_file& each : on_the_way) {
      if (!each.in_use()) return &each;
    }
    return nullptr;
  }
};
inline post_office office;

struct letterbox {
  static constexpr std::string_view module = "Example.Letterbox";

  struct Letter {  // upload "letter"
    static constexpr std::array accept{".txt", ".pdf", ".png", ".jpg"};
    static constexpr std::uint32_t max_entries = 4;
    static constexpr std::uint32_t max_file_size = 20'000'000;
  };
  using uploads = musubi::uploads<Letter>;

  struct State {
    musubi::list<posted, 16> letters;
    std::int32_t percent;  // of the file that moved last
  };
  // The files that have come: those of which the device has every byte, by its own count.
  struct Post {
    struct Reply {
      std::int32_t kept;
    };
  };
  using commands = musubi::commands<Post>;

  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, office.deliveries); }

  // The first bytes of a file are about to come: where do they go?
  musubi::result<musubi::upload_sink*> open_upload(const Letter&, const musubi::upload_entry& file,
                                                   musubi::context&) {
    incoming_file* const slot = office.free_slot();
    if (slot == nullptr) return musubi::refuse("too many letters at once");
    if (!slot->begin(office.folder, file.ref()))
      return musubi::refuse("the folder is not writable");
    return slot;
  }
  void handle_progress(const Letter&, const musubi::upload_entry& file, musubi::context&) {
    percent = file.progress();
  }
  musubi::result<Post::Reply> handle(const Post&, musubi::context& ctx) {
    Post::Reply reply{0};
    ctx.consume_uploads<Letter>([&](const musubi::upload_entry& file) {
      auto& arrived = file.sink<incoming_file>();
      const auto kept = arrived.keep_as(safe_name(file.client_name()));
      if (!kept) return false;  // it waits: the disk may have room later
      const posted letter{*kept, musubi::text<64>::clipped(file.client_name()), arrived.size()};
      if (office.latest.full()) office.latest.erase(0);
      (void)office.latest.push_back(letter);
      office.deliveries.publish(letter);
      ++reply.kept;
      return true;
    });
    return reply;
  }
  void handle_info(const posted&, musubi::context&) {}  // a render follows every message
  State render() const { return {office.latest, percent}; }

  std::int32_t percent = 0;
};
