/// What a store is called for, in which order, and what it can see then.

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/store/send_update.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

using log = std::vector<std::string>;
log calls;

struct house_params {
  text<15> street;
};
struct visitor_socket {
  text<15> visitor;
};
struct Arrived {
  std::int32_t n;
};
struct renamed {
  text<15> name;
};

/// A child that tells what it is called for.
struct room {
  static constexpr std::string_view module = "Test.Room";
  struct Props {
    text<15> name;
    std::int32_t beds;
  };
  struct State {
    text<15> name;
    text<31> seen;
  };
  struct Enter {};
  using commands = musubi::commands<Enter>;
  using events = musubi::events<Arrived>;

  void init(const Props& props, context& ctx) {
    name = props.name;
    calls.push_back("room init " + std::string(name.view()));
    (void)seen.assign(ctx.root_params<house_params>().street.view());
    (void)seen.append(", ");
    (void)seen.append(ctx.socket<visitor_socket>().visitor.view());
  }
  void update(const Props& props, context&) {
    name = props.name;
    calls.push_back("room update " + std::string(name.view()));
  }
  void update(const renamed& news, context&) { name = news.name; }
  State render() const {
    calls.push_back("room render " + std::string(name.view()));
    return {name, seen};
  }
  status handle(const Enter&, context& ctx) {
    ctx.push_event(Arrived{1});
    return {};
  }
  text<15> name;
  text<31> seen;
};

struct house {
  static constexpr std::string_view module = "Test.House";
  using Params = house_params;
  struct State {
    text<15> street;
    list<child<room>, 4> rooms;
  };
  struct Furnish {
    std::int32_t beds;
  };
  struct Build {
    list<text<15>, 4> rooms;
  };
  struct Rename {
    text<15> name;
  };
  struct Greet {};
  using commands = musubi::commands<Furnish, Build, Rename, Greet>;
  using events = musubi::events<Arrived>;

  status mount(const Params& params, context& ctx) {
    street = params.street;
    calls.push_back("mount " + std::string(ctx.store_id()) + std::string(ctx.module()) + ":" +
                    std::string(ctx.id()));
    return {};
  }
  void init(context&) { calls.push_back("init"); }
  void terminate(std::string_view why, context&) {
    calls.push_back("terminate " + std::string(why));
  }
  status handle(const Furnish& command, context&) {
    beds = command.beds;
    return {};
  }
  status handle(const Build& command, context&) {
    rooms = command.rooms;
    return {};
  }
  status handle(const Rename& command, context& ctx) {
    return ctx.send_update<room>(renamed{command.name}, "rooms", "hall");
  }
  status handle(const Greet&, context& ctx) {
    ctx.push_event(Arrived{2});
    for (const text<15>& each : rooms) {
      (void)ctx.send_update<room>(renamed{each}, "rooms", each.view());
    }
    return {};
  }
  State render() const {
    calls.push_back("render");
    State made{street, {}};
    for (const text<15>& each : rooms) (void)made.rooms.push_back({each, {each, beds}});
    return made;
  }

  text<15> street;
  list<text<15>, 4> rooms{text<15>("hall")};
  std::int32_t beds = 0;
};

class a_page_from_mount_to_end : public testing::Test {
 protected:
  a_page_from_mount_to_end() {
    calls.clear();
    page.emplace(house::Params{"Elm"}, visitor_socket{"Ada"});
  }
  std::optional<musubi::testkit::mounted<house, visitor_socket>> page;
};

// contract sections 2.3 and 5.2
TEST_F(a_page_from_mount_to_end, is_mounted_then_initialised_then_rendered_and_told_of_its_end) {
  EXPECT_EQ(calls,
            (log{"mount Test.House:test", "init", "render", "room init hall", "room render hall"}));
  calls.clear();
  page.reset();
  EXPECT_EQ(calls, log{"terminate left"});
}

// contract section 2.4
TEST_F(a_page_from_mount_to_end, shows_its_children_params_and_socket) {
  EXPECT_NE(page->tree().find(R"("name":"hall","seen":"Elm, Ada")"), std::string::npos);
}

// contract sections 5.2 and 5.5
TEST_F(a_page_from_mount_to_end, updates_a_child_when_it_passes_other_props_and_only_then) {
  calls.clear();
  (void)page->dispatch(house::Furnish{2});
  EXPECT_EQ(calls, (log{"render", "room update hall", "room render hall"}));
  calls.clear();
  (void)page->dispatch(house::Furnish{2});
  EXPECT_EQ(calls, (log{"render"}));
}

// contract sections 5.5 and 5.9: remembered are the props, not what the child made of them
TEST_F(a_page_from_mount_to_end, leaves_a_child_what_it_changed_itself_until_the_props_differ) {
  (void)page->dispatch(house::Rename{"den"});
  (void)page->dispatch(house::Build{{text<15>("hall"), text<15>("attic")}});
  EXPECT_NE(page->tree().find(R"("name":"den")"), std::string::npos);
  (void)page->dispatch(house::Furnish{3});
  EXPECT_EQ(page->tree().find(R"("name":"den")"), std::string::npos);
}

// contract section 5.12
TEST_F(a_page_from_mount_to_end, calls_nothing_of_a_child_that_it_does_not_place_any_more) {
  calls.clear();
  (void)page->dispatch(house::Build{{}});
  EXPECT_EQ(calls, (log{"render"}));
}

// contract section 5.3: by depth, then by store_id; and one envelope for all of a cycle
TEST_F(a_page_from_mount_to_end,
       tells_events_of_the_root_first_and_then_of_its_children_by_their_ids) {
  (void)page->dispatch(house::Build{{text<15>("hall"), text<15>("attic"), text<15>("loft")}});
  (void)page->take_envelopes();
  page->client().reads = false;
  (void)page->dispatch(room::Enter{}, "rooms", "loft");
  (void)page->dispatch(room::Enter{}, "rooms", "attic");
  (void)page->dispatch(room::Enter{}, "rooms", "hall");
  (void)page->dispatch(house::Greet{});
  page->client().reads = true;
  page->client().service_wanted();
  page->run();
  const auto sent = page->take_envelopes();
  ASSERT_FALSE(sent.empty());
  EXPECT_NE(sent[0].find(R"("events":[{"store_id":[],"name":"arrived","payload":{"n":2}},)"
                         R"({"store_id":["rooms","attic"],"name":"arrived","payload":{"n":1}},)"
                         R"({"store_id":["rooms","hall"],"name":"arrived","payload":{"n":1}},)"
                         R"({"store_id":["rooms","loft"],"name":"arrived","payload":{"n":1}}])"),
            std::string::npos)
      << sent[0];
}

}  // namespace
}  // namespace musubi::test
