#pragma once
/// News for one store of the same page (contract section 5.9).

#include <musubi/mistake/all.hpp>

#include <new>

#include <musubi/schema/guard.hpp>
#include <musubi/store/child/internal/node_tree.hpp>
#include <musubi/store/internal/store_calls.hpp>
#include <musubi/store/page/internal/page.hpp>

namespace musubi {

namespace detail {

/// In a block of the pool `mail`: the news, then the store_id.
template <class Store, class News>
struct update_mail : mail {
  explicit update_mail(const News& of) noexcept : news(of) {}

  static void deliver(mail& self, page& on) noexcept {
    auto& update = static_cast<update_mail&>(self);
    context* to = nullptr;
    Store* store = update.find(on, to);
    if (store == nullptr) {
      ++on.resources().counters->updates_without_target;
      if (telemetry* listener = on.resources().observed.listener()) {
        event_source at = event_source::of(on.root());
        at.store_id = update.store_id;
        listener->on_send_update_no_target(at);
      }
      return;
    }
    bool done = false;
    on.handle(*to, [&]() noexcept {
      done = guarded(
          [&] { done_with(status_of([&] { return store->update(update.news, *to); }), on); });
    });
    if (!done) on.fail(fail("the store threw"));
  }
  static void done_with(const status& outcome, page& on) noexcept {
    if (!outcome.ok()) on.fail(outcome);
  }
  static void release(mail& self) noexcept {
    auto& update = static_cast<update_mail&>(self);
    update.~update_mail();
    mail_pools::deallocate(&update);
  }

  Store* find(page& on, context*& receiver) noexcept {
    node* found = &on.root();
    if (!store_id.empty()) found = on.tree() == nullptr ? nullptr : on.tree()->at(store_id);
    receiver = found;
    return found == nullptr ? nullptr : static_cast<Store*>(found->store_as(&type_key<Store>));
  }

  News news;
  std::string_view store_id;
};

}  // namespace detail

template <class Store, class News, class... Ids, class>
status context::send_update(const News& news, const Ids&... ids) noexcept {
  if constexpr (!requires(Store & store, context & ctx) { store.update(news, ctx); }) {
    static_assert(sizeof(mistake::news_without_handler<Store, News>) != 0);
    return {};
  } else {
    using update = detail::update_mail<Store, News>;
    store_path path;
    if (!(path.push(ids) && ...)) return exhausted("store_id_bytes");
    page& on = on_page();
    void* memory = on.resources().mail->allocate(sizeof(update) + path.view().size());
    if (memory == nullptr) return exhausted("mail");
    auto& message = *new (memory) update(news);
    char* at = reinterpret_cast<char*>(&message + 1);
    if (!path.view().empty()) std::memcpy(at, path.view().data(), path.view().size());
    message.store_id = {at, path.view().size()};
    message.handle = &update::deliver;
    message.discard = &update::release;
    on.post(message);
    return {};
  }
}

}  // namespace musubi
