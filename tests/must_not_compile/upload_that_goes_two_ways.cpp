// A file cannot come here and go elsewhere.
// expect: musubi: an upload has open_upload and upload_external; its files go one way

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
  struct Place {
    int number;
  };
  musubi::result<Place> upload_external(const Avatar&, const musubi::upload_entry&,
                                        musubi::context&) {
    return Place{};
  }
  musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return nullptr;
  }
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
