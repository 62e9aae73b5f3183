#include "lamp.hpp"

#include "inspector.hpp"

#include <cstdio>
#include <string>

#include <musubi/asio/host.hpp>

namespace {

// Two files in a folder, for trying it. A file of a real device is flushed to the disk, on a thread
// beside the host's: examples/gateway/settings.
class two_files final : public two_slots {
 public:
  explicit two_files(std::string_view folder) : folder_(folder) {}
  void read(int slot, std::span<std::byte> into) noexcept override {
    if (std::FILE* file = std::fopen(path(slot).c_str(), "rb")) {
      (void)!std::fread(into.data(), 1, into.size(), file);
      std::fclose(file);
    }
  }
  bool write(int slot, std::span<const std::byte> from) noexcept override {
    std::FILE* file = std::fopen(path(slot).c_str(), "wb");
    if (file == nullptr) return false;
    const bool all = std::fwrite(from.data(), 1, from.size(), file) == from.size();
    return std::fclose(file) == 0 && all;
  }

 private:
  [[nodiscard]] std::string path(int slot) const {
    return folder_ + "/lamp." + std::to_string(slot);
  }
  std::string folder_;
};

}  // namespace

struct browser {
  using roots = musubi::roots<lamp>;
};

int main(int argc, char** argv) {
  std::string_view folder = ".";
  const auto options =
      musubi::asio::from_command_line(argc, argv, "A lamp: a setting that survives restarts.", {},
                                      {{"FOLDER", folder, "folder for the setting"}});
  two_files files(folder);
  lamp_memory.open(files);
  lamp_now.set(lamp_memory.get());
  musubi::asio::host<browser> host{options};
  host.assets(inspector);  // a page made of the stores
  return host.run();
}
