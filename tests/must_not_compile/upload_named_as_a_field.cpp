// Two things under one key of the state. (contract section 10.1)
// expect: musubi: an upload has the name of a field of this store's State; rename one of them

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  struct Number {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Number>;
  musubi::result<musubi::upload_sink*> open_upload(const Number&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return nullptr;
  }
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
