#pragma once

#include "stores/texts.hpp"

#include <array>
#include <cstdint>

#include <musubi/musubi.hpp>

namespace conformance {

/// A file's bytes, as far as the tests look at them: how many, and a checksum (FNV-1a).
class summing final : public musubi::upload_sink {
 public:
  musubi::upload_step write(std::span<const std::byte> bytes) noexcept override {
    for (const std::byte each : bytes) {
      sum_ = (sum_ ^ std::to_integer<std::uint32_t>(each)) * 16777619U;
    }
    size_ += static_cast<std::uint32_t>(bytes.size());
    return fails_at_ != 0 && size_ >= fails_at_ ? musubi::upload_step::failed
                                                : musubi::upload_step::done;
  }
  void release() noexcept override { taken_ = false; }

  void begin(std::uint32_t fails_at) noexcept {
    taken_ = true;
    sum_ = 2166136261U;
    size_ = 0;
    fails_at_ = fails_at;
  }
  [[nodiscard]] bool taken() const noexcept { return taken_; }
  [[nodiscard]] std::uint32_t sum() const noexcept { return sum_; }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

 private:
  std::uint32_t sum_ = 0;
  std::uint32_t size_ = 0;
  std::uint32_t fails_at_ = 0;
  bool taken_ = false;
};

/// Takes files over channels and keeps what it made of them.
struct inbox {
  static constexpr std::string_view module = "Conformance.Stores.Inbox";

  struct Letter {
    static constexpr auto accept = musubi::any_file;
    static constexpr std::uint32_t max_entries = 4;
    static constexpr std::uint32_t max_file_size = 1'000'000;
    static constexpr std::uint32_t chunk_size = 16'000;
  };
  struct Photo {
    static constexpr std::array accept{".png", ".jpg"};
    static constexpr std::uint32_t max_file_size = 5000;
    static constexpr std::uint32_t chunk_size = 1000;
    static constexpr musubi::duration chunk_timeout = std::chrono::milliseconds(300);
  };
  using uploads = musubi::uploads<Letter, Photo>;

  struct kept {
    musubi::text<64> name;
    std::uint32_t size;
    std::uint32_t sum;
  };
  struct Params {
    std::optional<std::uint32_t> fails_at;  ///< sinks fail with that many bytes
  };
  struct State {
    musubi::list<kept, 8> letters;
    std::int32_t open;  ///< sinks in use
  };
  /// Consumes all letters that have come.
  struct Save {
    struct Reply {
      std::int32_t saved;
    };
  };
  struct Look {};
  using commands = musubi::commands<Save, Look>;

  musubi::status mount(const Params& params, musubi::context&) {
    fails_at = params.fails_at.value_or(0);
    return {};
  }
  template <class Upload>
  musubi::result<musubi::upload_sink*> open_upload(const Upload&, const musubi::upload_entry&,
                                                   musubi::context&) {
    for (summing& each : sinks) {
      if (each.taken()) continue;
      each.begin(fails_at);
      return &each;
    }
    return musubi::refuse("no sink is free");
  }
  musubi::result<Save::Reply> handle(const Save&, musubi::context& ctx) {
    Save::Reply reply{0};
    ctx.consume_uploads<Letter>([&](const musubi::upload_entry& file) {
      const summing& sink = file.sink<summing>();
      ++reply.saved;
      return letters.push_back(
          {musubi::text<64>::clipped(file.client_name()), sink.size(), sink.sum()});
    });
    return reply;
  }
  musubi::status handle(const Look&, musubi::context&) { return {}; }
  State render() const {
    std::int32_t open = 0;
    for (const summing& each : sinks) open += each.taken() ? 1 : 0;
    return {letters, open};
  }

  musubi::list<kept, 8> letters;
  std::array<summing, 5> sinks;
  std::uint32_t fails_at = 0;
};

}  // namespace conformance
