// An upload that does not say what it takes. (contract section 10.1)
// expect: musubi: an upload says which files it takes:

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  struct Avatar {};
  using uploads = musubi::uploads<Avatar>;
  musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return nullptr;
  }
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
