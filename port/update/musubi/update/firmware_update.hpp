#pragma once
/// The store of firmware updates: what a device runs, and the way to change that.
///
///     musubi::update::slot_installer updates(…);                  // or another installer
///     using update_store = musubi::update::firmware_update<updates>;
///
///     struct socket {
///       using roots = musubi::roots<update_store>;                // "Musubi.FirmwareUpdate"
///     };
///
/// A browser sends the image as the upload "image", then the commands "restart" and "confirm". The
/// new firmware serves a new page, which an open one loads by itself if it compares builds.

#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>
#include <musubi/update/installer.hpp>

namespace musubi::update {

/// The declarations of the store, without the installer.
struct firmware_update_words {
  /// The upload "image". The installer refuses what is too large for it.
  struct Image {
    static constexpr auto accept = any_file;
    static constexpr std::uint32_t max_entries = 2;  // one that failed, and the next one
    static constexpr std::uint32_t max_file_size = 4'000'000'000;
    static constexpr duration chunk_timeout = std::chrono::seconds(30);
  };
  /// Keeps the image that runs on trial.
  struct Confirm {};
  /// Drops the image that is pending.
  struct Cancel {};
  /// Starts the pending image, or goes back from one on trial.
  struct Restart {};
};

/// A root store. All browsers of a device see the same.
template <auto& Installer>
struct firmware_update : firmware_update_words {
  static constexpr std::string_view module = "Musubi.FirmwareUpdate";

  using State = update_state;
  using uploads = musubi::uploads<Image>;
  using commands = musubi::commands<Confirm, Cancel, Restart>;

  status mount(context& ctx) { return ctx.follow(*this, Installer.state()); }

  result<upload_sink*> open_upload(const Image&, const upload_entry& file, context& ctx) {
    ctx.each_upload<Image>([&](const upload_entry& each) {  // its refusal has been read
      if (each.status() == upload_status::error) (void)ctx.cancel_upload<Image>(each.ref());
    });
    if (const status opened = Installer.open(file.client_size()); !opened.ok()) return opened;
    return &Installer;
  }
  /// An image that is complete belongs to the installer: another may follow.
  void handle_info(const update_state&, context& ctx) {
    ctx.consume_uploads<Image>([](const upload_entry&) { return true; });
  }
  status handle(const Confirm&, context&) { return Installer.confirm(); }
  status handle(const Cancel&, context&) { return Installer.cancel(); }
  status handle(const Restart&, context&) { return Installer.restart(); }
  State render() const { return Installer.state().get(); }
};

}  // namespace musubi::update
