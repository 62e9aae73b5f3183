#pragma once
// Uploads: files from browsers are stored in a folder of the device, and every browser sees the
// list.
#include "incoming_file.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

/// The state of the device, shared by all browsers.
struct posted {
  file_name file;         // unique in the folder
  musubi::text<64> name;  // the sender's name for it: a label, not unique
  musubi::safe_integer size;
};
struct post_office {
  std::string_view folder = ".";
  musubi::list<posted, 16> latest;  // the newest last
  musubi::topic<posted> deliveries;
  std::array<incoming_file, 8> on_the_way;  // most at once, of all browsers

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
    std::int32_t percent;  // of the file with the latest progress
  };
  // Keeps the complete files: those whose bytes have all arrived.
  struct Post {
    struct Reply {
      std::int32_t kept;
    };
  };
  using commands = musubi::commands<Post>;

  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, office.deliveries); }

  // Called before the first bytes of a file: returns their destination.
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
      if (!kept) return false;  // it stays: the disk may have room later
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
