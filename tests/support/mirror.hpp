#pragma once
/// A store that shows whatever it was told, and everything it can be told: whether two frames are
/// the same to it is seen in what it answers.

#include "support/client_bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/memory_port/host.hpp>
#include <musubi/store/child/child.hpp>
#include <musubi/store/page/internal/root_page.hpp>

namespace musubi::test {

enum class mirror_mode : std::uint8_t { off, eco, comfort };

struct mirror_pair {
  std::int32_t left;
  std::optional<text<24>> right;
};

/// What a command carries, and what it is answered.
struct mirror_image {
  text<96> words;
  safe_integer count;
  double level;
  bool flag;
  mirror_mode mode;
  mirror_pair pair;
  list<text<24>, 4> items;
  dict<text<24>, text<24>, 4> named;
};

/// A child of any name.
struct mirror_leaf {
  static constexpr std::string_view module = "Test.Leaf";
  struct State {
    std::int32_t hits;
  };
  struct Hit {
    text<24> by;
    struct Reply {
      text<24> by;
    };
  };
  using commands = musubi::commands<Hit>;
  result<Hit::Reply> handle(const Hit& command, context&) {
    ++hits;
    return Hit::Reply{command.by};
  }
  State render() const { return {hits}; }
  std::int32_t hits = 0;
};

/// Takes every byte and keeps none.
class open_drain final : public upload_sink {
 public:
  upload_step write(std::span<const std::byte>) noexcept override { return upload_step::done; }
  upload_step finish() noexcept override { return upload_step::done; }
  void release() noexcept override {}
};
inline open_drain drain;

struct mirror;

/// Lets everybody in whose id does not begin with "secret".
struct mirror_socket {
  using roots = musubi::roots<mirror>;
  status handle_join(const join_info& info, connection&) {
    const std::string_view id = info.id.value_or("");
    if (id.starts_with("secret")) return musubi::refuse("unauthorized");
    admitted = text<96>::clipped(id);
    topic = text<96>::clipped(info.topic);
    return {};
  }
  text<96> admitted;
  text<96> topic;
};

struct mirror {
  static constexpr std::string_view module = "Test.Mirror";
  struct Params {
    std::optional<text<24>> label;
    std::optional<list<text<24>, 4>> leaves;
  };
  struct State {
    text<96> id;        ///< as the store knows it
    text<96> admitted;  ///< as handle_join was shown it
    text<96> topic;
    text<24> label;
    list<child<mirror_leaf, 24>, 4> leaves;
  };
  struct Echo {
    mirror_image image;
    struct Reply {
      mirror_image image;
    };
  };
  struct Relabel {
    text<24> label;
  };
  using commands = musubi::commands<Echo, Relabel>;
  struct Photo {
    static constexpr std::array accept{".png"};
    static constexpr std::uint32_t max_entries = 3;
  };
  using uploads = musubi::uploads<Photo>;

  result<upload_sink*> open_upload(const Photo&, const upload_entry&, context&) { return &drain; }
  status mount(const Params& params, context& ctx) {
    (void)id.assign(text<96>::clipped(ctx.id()));
    if (params.label) label = *params.label;
    if (params.leaves) leaves = *params.leaves;
    return {};
  }
  result<Echo::Reply> handle(const Echo& command, context&) { return Echo::Reply{command.image}; }
  status handle(const Relabel& command, context&) {
    label = command.label;
    return {};
  }
  State render(const context& ctx) const {
    State made{
        id, ctx.socket<mirror_socket>().admitted, ctx.socket<mirror_socket>().topic, label, {}};
    for (const auto& each : leaves) (void)made.leaves.push_back({each});
    return made;
  }

  text<96> id;
  text<24> label;
  list<text<24>, 4> leaves;
};

/// Limits that no spelling of a short message reaches.
constexpr limits roomy_limits() {
  limits chosen;
  chosen.connections = 2;
  chosen.requests = 2;
  chosen.pages = 8;
  chosen.subscriptions = 8;
  chosen.nodes = 32;
  chosen.uploads = 8;
  chosen.read_bytes = 32768;
  chosen.message_bytes = 24576;
  chosen.large_messages = 2;
  chosen.decode_bytes = 32768;
  chosen.topic_bytes = 1024;
  chosen.transmit_bytes = 16384;
  chosen.backlog_blocks = 32;
  chosen.backlog_bytes = 65536;
  chosen.frames = {{{512, 16}, {1024, 16}, {4096, 8}, {16384, 4}}};
  return chosen;
}

/// What a server says on a WebSocket, message by message; a close as "close CODE".
[[nodiscard]] inline std::vector<std::string> messages_in(std::string_view bytes) {
  std::vector<std::string> all;
  const auto byte = [&](std::size_t at) {
    return std::size_t{static_cast<unsigned char>(bytes[at])};
  };
  bool open = false;  // a fragment was there, and its message goes on
  while (bytes.size() >= 2) {
    std::size_t head = 2;
    std::size_t size = byte(1);
    if (size == 126 && bytes.size() >= 4) {
      size = byte(2) << 8U | byte(3);
      head = 4;
    }
    if (bytes.size() < head + size) break;
    const std::string payload(bytes.substr(head, size));
    if ((byte(0) & 0x0FU) == 8) {
      all.push_back("close " + std::to_string(size < 2 ? 1005 : byte(head) << 8U | byte(head + 1)));
    } else if (open) {
      all.back() += payload;
    } else {
      all.push_back(payload);
    }
    open = (byte(0) & 0x80U) == 0;
    bytes.remove_prefix(head + size);
  }
  return all;
}

/// What a fresh host of `mirror` answers to text messages, sent one after the other.
[[nodiscard]] inline std::vector<std::string> reflected(const std::vector<std::string>& sent) {
  memory_port::host<mirror_socket> host(
      {.limits = roomy_limits(), .sizes = {.streams = 2, .pipe_bytes = 131072}});
  memory_port::client client = host.connect();
  std::string said;
  const auto say = [&](std::string_view bytes) {
    (void)client.write(bytes);
    (void)host.settle();
    std::array<std::byte, 16384> piece;
    while (const std::size_t read = client.read(piece)) {
      said.append(reinterpret_cast<const char*>(piece.data()), read);
    }
  };
  say(upgrade_text());
  const std::size_t upgraded = said.find("\r\n\r\n");
  if (upgraded == std::string::npos) return {"not upgraded"};
  said.erase(0, upgraded + 4);
  for (const std::string& each : sent) say(client_text(each));
  return messages_in(said);
}

}  // namespace musubi::test
