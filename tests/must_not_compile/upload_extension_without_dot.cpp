// An extension that no file has. (contract section 10.1)
// expect: musubi: an upload's accept lists extensions with their dot

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  struct Avatar {
    static constexpr std::array accept{"png"};
  };
  using uploads = musubi::uploads<Avatar>;
  musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return nullptr;
  }
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
