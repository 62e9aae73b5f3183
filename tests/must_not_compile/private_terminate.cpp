// A terminate that would never be called.
// expect: musubi: a store's terminate is

#include <musubi/page/root_page.hpp>

class store {
 public:
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  State render(const musubi::context&) const { return {}; }

 private:
  void terminate(std::string_view, musubi::context&) {}
};
struct socket {};

template class musubi::root_page<store, socket>;
