#pragma once
/// Everything a page needs without a network: memory, a virtual clock, and a client that records
/// what it receives.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <musubi/async/runtime.hpp>
#include <musubi/host/internal/host_memory.hpp>
#include <musubi/net/port.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/upload/internal/upload.hpp>
#include <musubi/store/upload/internal/upload_services.hpp>
#include <musubi/testkit/internal/wire.hpp>

namespace musubi::testkit {

/// One message sent to a client.
struct sent_message {
  enum class kind { reply, patch };
  kind what;
  std::string ref;   ///< of a reply
  bool ok = true;    ///< of a reply
  std::string body;  ///< JSON: the response, or the envelope
};

/// The client of a page.
class client final : public page_sink {
 public:
  client(std::string_view module, std::string_view id) : module_(module), id_(id) {}

  /// False: the client does not read, and the page queues its output.
  bool reads = true;
  /// Everything since the last call.
  [[nodiscard]] std::vector<sent_message> take() { return std::exchange(messages_, {}); }
  /// Whether the page has requested a turn to send since the last call.
  bool take_wanted() { return std::exchange(wanted_, false); }

  [[nodiscard]] bool writable() const noexcept override { return reads; }
  json::writer& out() noexcept override { return writer_; }
  void begin_reply(std::string_view ref, bool ok) noexcept override {
    open_ = {sent_message::kind::reply, std::string(ref), ok, {}};
  }
  void end_reply() noexcept override { close(); }
  void begin_patch() noexcept override { open_ = {sent_message::kind::patch, {}, true, {}}; }
  void end_patch() noexcept override { close(); }
  void write_root_id(json::writer& to) const noexcept override {
    to.raw(module_);
    to.raw(':');
    to.raw(id_);
  }
  [[nodiscard]] std::string_view id() const noexcept override { return id_; }
  void service_wanted() noexcept override { wanted_ = true; }

 private:
  void close() {
    open_.body = into_.take();
    messages_.push_back(std::move(open_));
  }

  std::string_view module_;
  std::string_view id_;
  string_output into_;
  json::writer writer_{into_};
  sent_message open_{};
  std::vector<sent_message> messages_;
  bool wanted_ = false;
};

/// The pools and the loop that a host provides to its pages.
class page_bench final : net::port {
 public:
  page_bench(const limits& configured, const host_sizes& sizes)
      : region_((host_bytes(configured, sizes) + 2 * sizeof(std::max_align_t)) /
                sizeof(std::max_align_t)),
        carver_(reinterpret_cast<std::byte*>(region_.data())),
        memory(carver_, configured, sizes),
        loop(carver_, configured.frames, *this, configured.posts) {
    loop.make_current();
    loop.advance(time_point());
    resources = {.host = &loop,
                 .mail = &memory.mail,
                 .subscriptions = &memory.subscriptions,
                 .nodes = &memory.nodes,
                 .index = &memory.index,
                 .asyncs = &memory.asyncs,
                 .outgoing = &memory.outgoing,
                 .decode = &memory.decode,
                 .render = {memory.render, memory.render_bytes},
                 .counters = &counters,
                 .handler_timeout = configured.handler_timeout,
                 .mailbox = configured.mailbox,
                 .outgoing_per_page = configured.outgoing_per_page};
    if (sizes.upload != 0) {
      uploads_.emplace(upload_services{.files = &memory.uploads,
                                       .meta_bytes = sizes.upload - sizeof(upload),
                                       .line_bytes = 0,
                                       .name_bytes = configured.upload_name_bytes,
                                       .chunk_bytes = configured.message_bytes,
                                       .per_page = configured.uploads_per_page,
                                       .port = this});
      resources.uploads = &*uploads_;
    }
  }

  /// The virtual time, which only tests advance.
  [[nodiscard]] time_point now() noexcept override { return now_; }
  void advance(duration by) noexcept { now_ += by; }

 private:
  void wake() noexcept override {}
  /// Not random, so that failures are reproducible.
  void entropy(std::span<std::byte> into) noexcept override {
    for (std::byte& each : into) each = static_cast<std::byte>(++drawn_);
  }
  void resume_accepting() noexcept override {}
  void stopped() noexcept override {}

  std::vector<std::max_align_t> region_;
  carver carver_;
  time_point now_{};
  std::uint8_t drawn_ = 0;
  std::optional<upload_services> uploads_;

 public:
  host_memory memory;
  runtime loop;
  page_counters counters{};
  page_resources resources{};
};

}  // namespace musubi::testkit
