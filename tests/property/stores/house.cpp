#include "house.hpp"

namespace musubi::property {

void house::rearrange(chance& any) {
  switch (any.below(13)) {
    case 0:
      (void)name.assign(any.of(texts));
      return;
    case 1:
      number = any.in(3) ? std::nullopt : std::optional(any.from(-5, 5));
      return;
    case 2:
    case 3:
      return any_ids(shelves, any);
    case 4:
      return maybe_id(front, any);
    case 5:
      pinned_from = any.below(4);
      return any_ids(pinned, any);
    case 6:
      swapped = any.from(0, 2);
      return;
    case 7:
      for (std::size_t left = any.below(4); left != 0; --left) {
        const auto key = text<11>::clipped(any.of(keys));
        if (any.in(3)) {
          labels.erase(key);
        } else {
          (void)labels.set(key, text<23>::clipped(any.of(texts)));
        }
      }
      return;
    case 8:
      if (any.in(3)) grid.clear();
      for (auto& line : grid) {
        if (any.in(3)) line.clear();
        if (any.in(2)) (void)line.push_back(static_cast<std::int16_t>(any.from(-2, 2)));
      }
      if (any.in(2)) (void)grid.push_back({});
      return;
    case 9:
      flags[any.below(3)] = any.in(2);
      return;
    case 10:
      ratio = static_cast<float>(any.from(-40, 40)) / 8.0F;
      return;
    case 11:
      (void)label.assign(any.of(texts));
      return;
    default:
      rank = any.from(0, 3);
  }
}

void house::shake(chance& any, context& ctx) {
  for (std::size_t left = any.below(4); left != 0; --left) rearrange(any);
  if (any.in(3)) stir<&State::log, stream<item>>(ctx, "log", log, any);
  if (any.in(4)) ring(*this, ctx);
  const news told{static_cast<std::uint32_t>(any.next())};
  const auto whom = id_text::clipped(any.of(ids));
  switch (any.below(12)) {
    case 0:
      (void)ctx.send_update<house>(told);
      break;
    case 1:
      (void)ctx.send_update<shelf>(told, "shelves", whom.view());
      break;
    case 2:
      (void)ctx.send_update<note>(told, "pinned", whom.view());
      break;
    case 3:
      (void)ctx.send_update<note>(told, "swap");
      break;
    case 4:
      (void)ctx.send_update<note>(told, "shelves", whom.view(), "inside", "notes", whom.view());
      break;
    default:
      break;
  }
}

house::State house::render(const context& ctx) const {
  const shelf::Props for_shelves{label, ctx.callback<&house::heard>(*this)};
  const note::Props for_notes{label, rank, ctx.callback<&house::heard>(*this)};
  State made{.name = name,
             .number = number,
             .shelves = {},
             .front = {},
             .pinned = {},
             .left = {},
             .right = {},
             .labels = labels,
             .grid = grid,
             .flags = flags,
             .ratio = ratio,
             .sum = sum,
             .log = {}};
  for (const id_text& each : shelves) (void)made.shelves.push_back({each, for_shelves});
  if (front) made.front.emplace(*front, for_shelves);
  for (std::size_t i = 0; i < pinned.size(); ++i) {
    (void)made.pinned.set(text<11>::clipped(keys[pinned_from + i]), {pinned[i], for_notes});
  }
  if (swapped == 1) made.left.emplace("swap", for_notes);
  if (swapped == 2) made.right.emplace("swap", for_shelves);
  return made;
}

std::string house::node() const {
  std::vector<std::string> placed;
  for (const id_text& each : shelves) placed.push_back(beneath({"shelves", each.view()}));
  object pins;
  for (std::size_t i = 0; i < pinned.size(); ++i) {
    pins.raw(keys[pinned_from + i], beneath({"pinned", pinned[i].view()}));
  }
  object labelled;
  for (const auto& each : labels) labelled.text(each.key, each.value);
  std::vector<std::string> lines;
  for (const auto& line : grid) {
    std::vector<std::string> numbers;
    for (const std::int16_t each : line) numbers.push_back(std::to_string(each));
    lines.push_back(joined(numbers));
  }
  std::vector<std::string> flagged;
  for (const bool each : flags) flagged.emplace_back(each ? "true" : "false");
  return object()
      .raw("__musubi_store_id__", "[]")
      .text("name", name)
      .raw("number", number ? std::to_string(*number) : "null")
      .raw("shelves", joined(placed))
      .raw("front", front ? beneath({front->view()}) : "null")
      .raw("pinned", pins.done())
      .raw("left", swapped == 1 ? beneath({"swap"}) : "null")
      .raw("right", swapped == 2 ? beneath({"swap"}) : "null")
      .raw("labels", labelled.done())
      .raw("grid", joined(lines))
      .raw("flags", joined(flagged))
      .raw("ratio", std::to_string(ratio))
      .number("sum", sum)
      .raw("log", R"({"__musubi_stream__":"log"})")
      .done();
}

}  // namespace musubi::property
