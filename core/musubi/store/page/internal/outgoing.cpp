#include <utility>

#include <musubi/store/internal/node.hpp>
#include <musubi/store/internal/store_path.hpp>
#include <musubi/store/page/internal/outgoing.hpp>
#include <musubi/store/page/internal/page.hpp>

namespace musubi {

namespace {

envelope::part part_of(outgoing::kind what) noexcept {
  switch (what) {
    case outgoing::kind::upload:
    case outgoing::kind::late_upload:
      return envelope::part::upload_ops;
    case outgoing::kind::event:
      return envelope::part::events;
    default:
      return envelope::part::stream_ops;
  }
}

}  // namespace

outgoing::~outgoing() {
  while (thing* next = first_) {
    first_ = next->next;
    release(*next);
  }
}

void* outgoing::take_block() noexcept {
  const page_resources& from = page_->resources();
  if (page_->failed() || blocks_ == from.outgoing_per_page ||
      take_share(from.shares, page_->sink(), shared_pool::outgoing) != share_end::none) {
    return nullptr;
  }
  void* const memory = from.outgoing->allocate();
  if (memory == nullptr) {
    give_share(from.shares, page_->sink(), shared_pool::outgoing);
  } else {
    ++blocks_;
  }
  return memory;
}

json::writer* outgoing::begin(kind what, std::string_view store_id, std::uint8_t ref) noexcept {
  void* const memory = take_block();
  if (memory == nullptr) {
    // the browser misses something that nothing later would make good
    page_->fail(exhausted("outgoing"));
    return nullptr;
  }
  open_ = new (memory) thing;
  open_->store_id = store_id;
  open_->cycle = cycle_;
  open_->what = what;
  open_->ref = ref;
  open_block_ = open_;
  open_begin_ = static_cast<char*>(memory) + sizeof(thing);
  cursor_ = open_begin_;
  end_ = static_cast<char*>(memory) + page_->resources().outgoing->block_bytes();
  failed_ = false;
  return &writer_;
}

void outgoing::close_block() noexcept {
  open_block_->used = static_cast<std::uint16_t>(cursor_ - open_begin_);
}

bool outgoing::make_room() noexcept {
  void* const memory = take_block();
  if (memory == nullptr) return false;
  close_block();
  open_block_->more = new (memory) block;
  open_block_ = open_block_->more;
  open_begin_ = static_cast<char*>(memory) + sizeof(block);
  cursor_ = open_begin_;
  end_ = static_cast<char*>(memory) + page_->resources().outgoing->block_bytes();
  return true;
}

void outgoing::end() noexcept {
  thing& done = *open_;
  open_ = nullptr;
  close_block();
  if (failed()) {
    release(done);
    return page_->fail(exhausted("outgoing"));
  }
  insert(done);
  page_->cycle_wanted();
}

void outgoing::queue(std::string_view store_id, late_operation& what) noexcept {
  if (what.queued || begin(kind::late_upload, store_id, 0) == nullptr) return;
  open_->late = &what;
  what.queued = true;
  end();
}

void outgoing::withdraw(late_operation& what) noexcept {
  if (!what.queued) return;
  what.queued = false;
  thing* before = nullptr;
  thing* each = first_;
  while (each != nullptr && each->late != &what) {
    before = each;
    each = each->next;
  }
  if (each == nullptr) return;
  (before == nullptr ? first_ : before->next) = each->next;
  if (last_ == each) last_ = before;
  release(*each);
}

void outgoing::release(thing& gone) noexcept {
  for (block* next = &gone; next != nullptr;) {
    block* more = next->more;
    page_->resources().outgoing->deallocate(next);
    give_share(page_->resources().shares, page_->sink(), shared_pool::outgoing);
    --blocks_;
    next = more;
  }
}

bool outgoing::goes_before(const thing& a, const thing& b) noexcept {
  const envelope::part part_a = part_of(a.what);
  const envelope::part part_b = part_of(b.what);
  if (part_a != part_b) return part_a < part_b;
  if (a.store_id != b.store_id) return detail::goes_before(a.store_id, b.store_id);
  if (part_a != envelope::part::stream_ops) return false;
  if (a.ref != b.ref) return a.ref < b.ref;
  if (a.cycle != b.cycle) return a.cycle < b.cycle;
  return a.what < b.what;
}

void outgoing::insert(thing& fresh) noexcept {
  if (last_ == nullptr || !goes_before(fresh, *last_)) {
    (first_ == nullptr ? first_ : last_->next) = &fresh;
    last_ = &fresh;
    return;
  }
  thing** at = &first_;
  while (!goes_before(fresh, **at)) at = &(*at)->next;
  fresh.next = *at;
  *at = &fresh;
}

bool outgoing::resetting(std::string_view store_id, std::uint8_t ref) const noexcept {
  for (const thing* each = first_; each != nullptr; each = each->next) {
    if (each->what == kind::stream_reset && each->ref == ref && each->cycle == cycle_ &&
        same_store(each->store_id, store_id)) {
      return true;
    }
  }
  return false;
}

void outgoing::tell() noexcept {
#if defined(MUSUBI_TELEMETRY)
  observer& seen = page_->resources().observed;
  telemetry* const to = seen.follower();
  if (to == nullptr) return;
  std::uint32_t of_store = 0;
  for (const thing* each = first_; each != nullptr; each = each->next) {
    const envelope::part part = part_of(each->what);
    ++seen.said[static_cast<std::size_t>(part)];
    if (part != envelope::part::stream_ops) continue;
    ++of_store;
    const thing* const next = each->next;
    if (next != nullptr && part_of(next->what) == part && next->store_id == each->store_id) {
      continue;
    }
    event_source at = event_source::of(page_->root());
    at.store_id = each->store_id;
    to->on_stream_flush({at, std::exchange(of_store, 0U)});
  }
#endif
}

void outgoing::write_text(const thing& from, json::writer& out) noexcept {
  out.raw({reinterpret_cast<const char*>(&from) + sizeof(thing), from.used});
  for (const block* each = from.more; each != nullptr; each = each->more) {
    out.raw({reinterpret_cast<const char*>(each) + sizeof(block), each->used});
  }
}

void outgoing::write(envelope& into) noexcept {
  tell();
  while (thing* next = first_) {
    first_ = next->next;
    if (late_operation* const late = next->late) {
      late->queued = false;
      if (late->leaves(page_->now())) late->write(into.item(envelope::part::upload_ops));
    } else {
      write_text(*next, into.item(part_of(next->what)));
    }
    release(*next);
  }
  last_ = nullptr;
  cycle_ = 0;
}

}  // namespace musubi
