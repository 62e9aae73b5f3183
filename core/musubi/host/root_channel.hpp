#pragma once
/// A joined channel that stands for a mounted root: the page's way to its client.

#include <musubi/page/page.hpp>
#include <musubi/page/sink.hpp>
#include <musubi/phoenix/channel.hpp>

namespace musubi {

class connection;

/// Lives at the start of a block of the pool of pages; behind it the page, then the names.
class root_channel final : public phoenix::channel, public page_sink {
 public:
  /// Copies the names behind the page.
  root_channel(connection& owner, std::span<char> names, std::string_view join_ref,
               std::string_view topic, std::string_view module, std::string_view id) noexcept;
  [[nodiscard]] static std::size_t names_bytes(std::string_view join_ref, std::string_view topic,
                                               std::string_view id) noexcept {
    return channel::names_bytes(join_ref, topic) + (topic.ends_with(id) ? 0 : id.size());
  }

  [[nodiscard]] connection& owner() noexcept { return *owner_; }
  [[nodiscard]] page* mounted() noexcept { return page_; }
  void mounted(page& root) noexcept { page_ = &root; }

  [[nodiscard]] bool writable() const noexcept override;
  json::writer& out() noexcept override;
  void begin_reply(std::string_view ref, bool ok) noexcept override;
  void end_reply() noexcept override;
  void begin_patch() noexcept override;
  void end_patch() noexcept override;
  void write_root_id(json::writer& to) const noexcept override;
  [[nodiscard]] std::string_view module() const noexcept override { return module_; }
  [[nodiscard]] std::string_view id() const noexcept override { return id_; }
  void service_wanted() noexcept override;

 private:
  connection* owner_;
  page* page_ = nullptr;
  std::string_view module_;
  std::string_view id_;
};

/// Where the page stands behind its channel, aligned for anything.
inline constexpr std::size_t root_channel_bytes =
    (sizeof(root_channel) + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) *
    alignof(std::max_align_t);

}  // namespace musubi
