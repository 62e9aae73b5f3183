#include "stores/fragile.hpp"

#include <chrono>
#include <stdexcept>

#include <musubi/async/sleep.hpp>

namespace conformance {

musubi::status fragile::mount(const Params& params, musubi::context&) {
  if (params.mount == short_text("throw")) throw std::runtime_error("as asked");
  if (params.mount == short_text("fail")) return musubi::fail("as asked");
  if (params.mount == short_text("refuse")) return musubi::refuse("not today");
  return {};
}

musubi::status fragile::handle(const Increment&, musubi::context&) {
  ++count;
  return {};
}

musubi::status fragile::handle(const Refuse&, musubi::context&) {
  return musubi::refuse("not today", "date");
}

musubi::status fragile::handle(const Fail&, musubi::context&) {
  ++count;
  return musubi::fail("as asked");
}

musubi::status fragile::handle(const Throw&, musubi::context&) {
  ++count;
  throw std::runtime_error("as asked");
}

musubi::task<musubi::status> fragile::handle(const ThrowLater&, musubi::context&) {
  co_await musubi::sleep(std::chrono::milliseconds(1));
  throw std::runtime_error("as asked");
}

musubi::status fragile::handle(const ThrowInRender&, musubi::context&) {
  render_throws = true;
  return {};
}

fragile::State fragile::render() const {
  if (render_throws) throw std::runtime_error("as asked");
  return {count};
}

}  // namespace conformance
