// A handle_progress that would never be called.
// expect: musubi: a store's handle_progress is

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
  void handle_progress(int) {}
  musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return nullptr;
  }
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
