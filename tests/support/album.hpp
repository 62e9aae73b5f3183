#pragma once
/// A store that takes files, and sinks that remember what was done to them.

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <musubi/async/event.hpp>
#include <musubi/host/host.hpp>

namespace musubi::test {

/// A sink of tests. What it answers can be chosen.
class paper final : public upload_sink {
 public:
  upload_step write(std::span<const std::byte> bytes) noexcept override {
    if (on_write != upload_step::failed) {
      text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    if (at_once) settled(on_write != upload_step::failed);
    return at_once ? upload_step::later : on_write;
  }
  upload_step finish() noexcept override {
    finished = true;
    return on_finish;
  }
  void release() noexcept override {
    ++releases;
    in_use = false;
  }
  [[nodiscard]] std::string_view reason() const noexcept override { return why; }
  using upload_sink::settled;

  std::string text;
  std::string why;  ///< of a failure
  upload_step on_write = upload_step::done;
  upload_step on_finish = upload_step::done;
  bool at_once = false;  ///< settles from inside of `write`
  bool in_use = false;
  bool finished = false;
  int releases = 0;
};

/// What albums share beside their host. Each test makes its own: `darkroom here;`.
struct darkroom {
  darkroom() { current = this; }
  ~darkroom() { current = nullptr; }
  darkroom(const darkroom&) = delete;
  darkroom& operator=(const darkroom&) = delete;

  paper* take() {
    for (paper& each : papers) {
      if (each.in_use) continue;
      each.text.clear();
      each.finished = false;
      each.in_use = true;
      return &each;
    }
    return nullptr;
  }
  [[nodiscard]] int in_use() const {
    int count = 0;
    for (const paper& each : papers) count += each.in_use ? 1 : 0;
    return count;
  }

  std::array<paper, 4> papers;
  event gate;            ///< what `hold` waits for
  std::string saved;     ///< what was consumed, each with a space
  std::string progress;  ///< what handle_progress was told, each with a space
  bool refuse = false;   ///< open_upload refuses
  bool throws = false;   ///< open_upload throws
  bool progress_throws = false;
  bool cancel_on_progress = false;
  static inline darkroom* current = nullptr;
};

/// Takes pictures of at most 1000 bytes, three at once, in chunks of 100.
struct album {
  static constexpr std::string_view module = "Test.Album";
  struct Photo {
    static constexpr std::array accept{".png", ".JPG"};
    static constexpr std::uint32_t max_entries = 3;
    static constexpr std::uint32_t max_file_size = 1000;
    static constexpr std::uint32_t chunk_size = 100;
  };
  using uploads = musubi::uploads<Photo>;

  struct State {
    std::int32_t saves;
    std::int32_t percent;
  };
  /// Consumes all that have arrived.
  struct Save {};
  /// Looks at all that have arrived, and leaves them.
  struct Peek {};
  /// Gives up all.
  struct Clear {};
  /// Suspended until the gate is opened.
  struct Hold {};
  using commands = musubi::commands<Save, Peek, Clear, Hold>;

  result<upload_sink*> open_upload(const Photo&, const upload_entry&, context&) {
    darkroom& here = *darkroom::current;
    if (here.throws) throw std::runtime_error("as asked");
    if (here.refuse) return musubi::refuse(reason_text::clipped("the album", " is full"));
    return here.take();
  }
  void handle_progress(const Photo&, const upload_entry& file, context& ctx) {
    darkroom& here = *darkroom::current;
    if (here.progress_throws) throw std::runtime_error("as asked");
    percent = file.progress();
    here.progress += std::to_string(file.progress()) + " ";
    if (here.cancel_on_progress) (void)ctx.cancel_upload<Photo>(file.ref());
  }
  status handle(const Save&, context& ctx) {
    ctx.consume_uploads<Photo>([&](const upload_entry& file) {
      darkroom::current->saved +=
          std::string(file.client_name()) + "=" + file.sink<paper>().text + " ";
      ++saves;
      return true;
    });
    return {};
  }
  status handle(const Peek&, context& ctx) {
    ctx.consume_uploads<Photo>([](const upload_entry&) { return false; });
    return {};
  }
  status handle(const Clear&, context& ctx) {
    ctx.each_upload<Photo>(
        [&](const upload_entry& file) { (void)ctx.cancel_upload<Photo>(file.ref()); });
    return {};
  }
  task<status> handle(const Hold&, context&) {
    co_await darkroom::current->gate.wait();
    co_return status{};
  }
  State render() const { return {saves, percent}; }

  std::int32_t saves = 0;
  std::int32_t percent = 0;
};

/// Sends pictures elsewhere.
struct gallery {
  static constexpr std::string_view module = "Test.Gallery";
  struct Picture {
    static constexpr auto accept = any_file;
  };
  using uploads = musubi::uploads<Picture>;
  struct Place {
    static constexpr std::string_view uploader = "s3";
    text<64> url;
  };
  struct State {
    text<64> last;
  };
  struct Save {};
  using commands = musubi::commands<Save>;

  result<Place> upload_external(const Picture&, const upload_entry& file, context&) {
    if (file.client_name() == "secret")
      return refuse(reason_text::clipped("not ", file.client_name()));
    Place place;
    if (!place.url.assign("https://example.test/" + std::string(file.client_name()))) {
      return refuse("the name is too long");
    }
    return place;
  }
  status handle(const Save&, context& ctx) {
    ctx.consume_uploads<Picture>([&](const upload_entry& file) {
      last = file.meta<Place>().url;
      return true;
    });
    return {};
  }
  State render() const { return {last}; }

  text<64> last;
};

/// A page of albums: children that come and go.
struct shelf {
  static constexpr std::string_view module = "Test.Shelf";
  struct State {
    list<child<album>, 4> albums;
  };
  struct Resize {
    std::int32_t albums;
  };
  /// Consumes what it has not: the files are its children's.
  struct Save {};
  using commands = musubi::commands<Resize, Save>;

  status handle(const Save&, context& ctx) {
    ctx.consume_uploads<album::Photo>([](const upload_entry&) { return true; });
    return {};
  }
  status handle(const Resize& command, context&) {
    count = command.albums;
    return {};
  }
  State render() const {
    State made;
    for (std::int32_t i = 0; i < count; ++i) (void)made.albums.push_back({i});
    return made;
  }

  std::int32_t count = 1;
};

/// Takes no files.
struct plain {
  static constexpr std::string_view module = "Test.Plain";
  struct State {
    std::int32_t zero;
  };
  State render() const { return {0}; }
};

struct album_socket {
  using roots = musubi::roots<album, gallery, shelf, plain>;
};

// --- what a browser says ---

/// The text between `before` and the next quote in `text`; empty when it is not there.
[[nodiscard]] inline std::string quoted_after(std::string_view text, std::string_view before) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + before.size();
  return std::string(text.substr(begin, text.find('"', begin) - begin));
}

/// A binary push of serializer v2 (contract section 1.3).
[[nodiscard]] inline std::string binary_push(std::string_view join_ref, std::string_view ref,
                                             std::string_view topic, std::string_view event,
                                             std::string_view payload) {
  std::string frame(1, '\0');
  for (const std::string_view part : {join_ref, ref, topic, event}) {
    frame += static_cast<char>(part.size());
  }
  for (const std::string_view part : {join_ref, ref, topic, event, payload}) frame += part;
  return frame;
}

/// The payload of an `allow_upload` for one file.
[[nodiscard]] inline std::string asking(std::string_view upload, std::string_view name,
                                        std::uint64_t size, std::string_view store_id = "[]") {
  return R"({"store_id":)" + std::string(store_id) + R"(,"name":")" + std::string(upload) +
         R"(","entries":[{"client_ref":"0","name":")" + std::string(name) + R"(","size":)" +
         std::to_string(size) + R"(,"type":"image/png"}]})";
}

}  // namespace musubi::test
