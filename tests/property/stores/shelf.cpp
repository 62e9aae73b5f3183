#include "shelf.hpp"

namespace musubi::property {

void shelf::rearrange(chance& any) {
  switch (any.below(7)) {
    case 0:
      return any_ids(notes, any);
    case 1:
      return maybe_id(cover, any);
    case 2:
      return maybe_id(only, any);
    case 3: {
      list<id_text, 3> marked;
      any_ids(marked, any);
      rows.clear();
      for (const id_text& each : marked) {
        (void)rows.push_back({text<23>::clipped(any.of(texts)), any.in(3) ? id_text() : each});
      }
      return;
    }
    case 4:
      for (std::size_t left = any.below(4); left != 0; --left) {
        const auto key = text<11>::clipped(any.of(keys));
        if (any.in(3)) {
          counts.erase(key);
        } else {
          (void)counts.set(key, any.from(-3, 3));
        }
      }
      return;
    case 5:
      kind_of = any.of(moods);
      return;
    default:
      rank = any.from(0, 3);
  }
}

void shelf::shake(chance& any, context& ctx) {
  for (std::size_t left = any.below(3); left != 0; --left) rearrange(any);
  if (any.in(2)) rank = any.from(0, 3);
  if (any.in(4)) ring(*this, ctx);
  if (any.in(5)) props.called(any.from(0, 3));
  const async_options options{.timeout = std::chrono::milliseconds(any.in(3) ? 20 : 0),
                              .reset = any.in(3)};
  switch (any.below(12)) {
    case 0:
    case 1:
      (void)ctx.assign_async<&shelf::lore>(*this, look_up(any.next()), options);
      break;
    case 2:
      (void)ctx.stream_async<&shelf::feed, &State::feed>(*this, browse(any.next()), options);
      break;
    case 3:
      (void)ctx.start_async(*this, count(any.next()), options.timeout);
      break;
    case 4:
      ctx.cancel_async<&shelf::lore>();
      break;
    case 5:
      ctx.cancel_async<std::int32_t>("enough");
      break;
    default:
      break;
  }
}

namespace {

std::string status_of(async_status status) {
  constexpr std::string_view names[] = {"loading", "ok", "failed"};
  return quoted(names[static_cast<std::size_t>(status)]);
}

std::string json(const std::optional<async_reason>& reason) {
  if (!reason) return "null";
  return object()
      .text("kind", reason->kind == async_reason::kind_of::exit ? "exit" : "error")
      .text("value", reason->value)
      .done();
}

std::string json(const async<fact>& value) {
  std::string result = "null";
  if (value.result) {
    result = object()
                 .text("what", value.result->what)
                 .raw("much", std::to_string(value.result->much))
                 .done();
  }
  return object()
      .raw("__musubi_async__", "true")
      .raw("status", status_of(value.status))
      .raw("result", result)
      .raw("reason", json(value.reason))
      .done();
}

}  // namespace

std::string shelf::node() const {
  std::vector<std::string> placed;
  for (const id_text& each : notes) {
    placed.push_back(beneath({"inside", "notes", each.view()}));
  }
  object counted;
  for (const auto& each : counts) counted.number(each.key, each.value);
  std::vector<std::string> marked;
  for (const mark& each : rows) {
    marked.push_back(object()
                         .text("name", each.name)
                         .raw("mark", each.id.empty() ? "null" : beneath({"rows", each.id.view()}))
                         .done());
  }
  return object()
      .raw("__musubi_store_id__", "[" + store_id() + "]")
      .text("label", props.label)
      .text("kind", mood_names[static_cast<std::size_t>(kind_of)])
      .raw("inside", object()
                         .raw("notes", joined(placed))
                         .raw("cover", cover ? beneath({"inside", cover->view()}) : "null")
                         .raw("counts", counted.done())
                         .raw("path", R"({"__musubi_stream__":"path"})")
                         .done())
      .raw("maybe",
           only ? object().number("n", rank).raw("only", beneath({"maybe", only->view()})).done()
                : "null")
      .raw("rows", joined(marked))
      .raw("lore", json(lore))
      .raw("feed", object()
                       .raw("__musubi_async__", "true")
                       .raw("status", status_of(feed.status))
                       .raw("result", R"({"__musubi_stream__":"feed"})")
                       .raw("reason", json(feed.reason))
                       .done())
      .number("sum", sum)
      .done();
}

}  // namespace musubi::property
