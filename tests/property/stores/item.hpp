#pragma once
/// Items of streams, and what any store of these tests does with a stream of its own.

#include "../chance.hpp"
#include "../expected.hpp"

#include <string>

#include <musubi/musubi.hpp>

namespace musubi::property {

struct item {
  std::int32_t id;
  text<23> body;
};
/// A key of the stream's own making.
inline text<15> key_of(const item& of) {
  return text<15>::clipped("k\"" + std::to_string(of.id));
}

inline item any_item(chance& any) {
  return {any.from(-2, 5), text<23>::clipped(any.of(texts))};
}

inline std::string json(const item& of) {
  return object().number("id", of.id).text("body", of.body).done();
}

template <class Stream>
std::string key_in(std::string_view name, const item& of) {
  if constexpr (std::is_same_v<Stream, stream<item>>) {
    return std::string(name) + "-" + std::to_string(of.id);
  } else {
    return std::string(key_of(of).view());
  }
}

/// Some operations on the stream `Member`, in any order; `into` is told of the same.
template <auto Member, class Stream>
void stir(context& ctx, std::string_view name, materialised& into, chance& any) {
  const auto handle = ctx.stream<Member>();
  for (std::size_t left = any.below(5); left != 0; --left) {
    const item about = any_item(any);
    const std::string key = key_in<Stream>(name, about);
    switch (any.below(10)) {
      case 0:
        handle.reset();
        into.reset();
        break;
      case 1:
        handle.remove(about);
        into.remove(key);
        break;
      case 2:
        handle.remove_by_key(key);
        into.remove(key);
        break;
      default: {
        insertion where{.at = any.from(-1, 4)};
        if (any.in(3)) where.limit = any.from(-4, 4);
        handle.insert(about, where);
        into.insert(key, json(about), where);
      }
    }
  }
  into.settle();
}

}  // namespace musubi::property
