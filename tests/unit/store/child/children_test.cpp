/// Stores in stores: contract sections 2.4, 4.2, 5.4 to 5.6, 5.10, 5.12 and 6.3.

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

#include <musubi/store/hook/callback.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

/// What the stores of these tests did, in order.
std::vector<std::string> happened;

struct line {
  static constexpr std::string_view module = "Test.Line";
  struct Props {
    text<15> sku;
    std::int32_t qty = 1;
    callback<text<15>, std::int32_t> qty_changed;
  };
  struct State {
    text<15> sku;
    std::int32_t qty;
  };
  struct SetQty {
    std::int32_t qty;
  };
  struct Shout {};
  using commands = musubi::commands<SetQty, Shout>;

  void init(context& ctx) {
    happened.push_back("init " + std::string(ctx.store_id()));
    qty = props.qty;
  }
  void update(const Props&, context& ctx) {
    happened.push_back("update " + std::string(ctx.store_id()));
    qty = props.qty;
  }
  State render() const {
    happened.push_back("render " + std::string(props.sku.view()));
    return {props.sku, qty};
  }
  status handle(const SetQty& command, context&) {
    if (command.qty == 13) throw std::runtime_error("unlucky");
    qty = command.qty;
    props.qty_changed(props.sku, qty);
    return {};
  }
  status handle(const Shout&, context&) { return {}; }

  ~line() { happened.push_back("end " + std::string(props.sku.view())); }

  Props props;
  std::int32_t qty = 0;
};

struct cart_params {
  text<15> room;
};

struct header {
  static constexpr std::string_view module = "Test.Header";
  struct Props {
    text<15> user;
  };
  struct State {
    text<15> user;
    text<15> room;
  };
  void init(const Props& props, context& ctx) {
    user = props.user;
    room = ctx.root_params<cart_params>().room;
  }
  void update(const Props& props, context&) { user = props.user; }
  State render() const { return {user, room}; }
  text<15> user;
  text<15> room;
};

struct cart {
  static constexpr std::string_view module = "Test.Cart";
  using Params = cart_params;
  struct totals {
    std::int32_t units;
    std::optional<child<header>> by;
  };
  struct State {
    child<header> top;
    list<child<line>, 8> lines;
    totals sum;
    text<15> note;
  };
  struct Put {
    list<text<15>, 8> skus;
  };
  struct Note {
    text<15> text_of;
  };
  struct Sign {
    bool signed_by;
  };
  using commands = musubi::commands<Put, Note, Sign>;

  status handle(const Put& command, context&) {
    skus = command.skus;
    return {};
  }
  status handle(const Note& command, context&) {
    note = command.text_of;
    return {};
  }
  status handle(const Sign& command, context&) {
    signed_by = command.signed_by;
    return {};
  }
  void line_changed(const text<15>&, std::int32_t qty, context&) { units += qty; }

  State render(const context& ctx) const {
    happened.push_back("render root");
    State made{.top = {"top", {"Ada"}}, .lines = {}, .sum = {units, {}}, .note = note};
    for (const text<15>& sku : skus) {
      (void)made.lines.push_back(
          {sku, {.sku = sku, .qty_changed = ctx.callback<&cart::line_changed>(*this)}});
    }
    if (signed_by) made.sum.by.emplace("by", header::Props{"Bob"});
    return made;
  }

  list<text<15>, 8> skus{text<15>("mug"), text<15>("pen")};
  text<15> note;
  std::int32_t units = 0;
  bool signed_by = false;
};

class a_page_with_children : public testing::Test {
 protected:
  a_page_with_children() {
    happened.clear();
    page.emplace(cart::Params{"hall"});
    initial = page->take_envelopes();
    happened.clear();
  }
  std::string ops() {
    std::string all;
    for (const std::string& each : page->take_envelopes()) {
      const std::size_t begin = each.find("\"ops\":[") + 7;
      all += each.substr(begin, each.find("],\"stream_ops\"") - begin) + "\n";
    }
    return all;
  }
  static cart::Put put(std::vector<const char*> skus) {
    cart::Put made;
    for (const char* sku : skus) (void)made.skus.push_back(*text<15>::from(sku));
    return made;
  }
  using log = std::vector<std::string>;

  std::optional<musubi::testkit::mounted<cart>> page;
  std::vector<std::string> initial;
};

constexpr const char* whole_tree =
    R"({"__musubi_store_id__":[],)"
    R"("top":{"__musubi_store_id__":["top"],"user":"Ada","room":"hall"},)"
    R"("lines":[{"__musubi_store_id__":["lines","mug"],"sku":"mug","qty":1},)"
    R"({"__musubi_store_id__":["lines","pen"],"sku":"pen","qty":1}],)"
    R"("sum":{"units":0,"by":null},"note":""})";

// contract sections 2.4 and 5.4
TEST_F(a_page_with_children, is_sent_whole_at_first_with_the_store_id_of_every_store) {
  ASSERT_EQ(initial.size(), 1U);
  EXPECT_NE(initial[0].find(whole_tree), std::string::npos) << initial[0];
  EXPECT_EQ(page->tree(), whole_tree);
}

// contract section 5.4
TEST_F(a_page_with_children,
       names_a_child_directly_under_a_key_without_that_key_and_one_in_a_struct_with_it) {
  (void)page->dispatch(cart::Sign{true});
  EXPECT_EQ(ops(),
            R"({"op":"replace","path":"/sum/by","value":{"__musubi_store_id__":["sum","by"],)"
            R"("user":"Bob","room":"hall"}})"
            "\n");
}

// contract sections 4.2 and 5.10
TEST_F(a_page_with_children, routes_a_command_to_the_child_and_patches_what_it_changed) {
  const auto answer = page->dispatch(line::SetQty{5}, "lines", "pen");
  EXPECT_TRUE(answer.ok);
  EXPECT_EQ(ops(), R"({"op":"replace","path":"/sum/units","value":5},)"
                   R"({"op":"replace","path":"/lines/1/qty","value":5})"
                   "\n");
}

// contract sections 5.5 and 5.6
TEST_F(a_page_with_children, renders_only_the_child_that_changed) {
  (void)page->dispatch(line::Shout{}, "lines", "mug");
  EXPECT_EQ(happened, (log{"render mug"}));
  EXPECT_EQ(ops(), "");
}

// contract section 5.5
TEST_F(a_page_with_children, does_not_update_or_render_a_child_whose_props_are_the_same) {
  (void)page->dispatch(cart::Note{"hello"});
  EXPECT_EQ(happened, (log{"render root"}));
  EXPECT_EQ(ops(), "{\"op\":\"replace\",\"path\":\"/note\",\"value\":\"hello\"}\n");
}

TEST_F(a_page_with_children, mounts_what_is_new_and_ends_what_is_gone) {
  (void)page->dispatch(put({"mug", "cup"}));
  EXPECT_EQ(happened, (log{"render root", "init \"lines\",\"cup\"", "render cup", "end pen"}));
}

// contract section 6.3
TEST_F(a_page_with_children, compares_lists_of_children_index_by_index) {
  (void)page->dispatch(put({"cup", "mug", "pen"}));
  EXPECT_EQ(ops(), R"({"op":"add","path":"/lines/2","value":)"
                   R"({"__musubi_store_id__":["lines","pen"],"sku":"pen","qty":1}},)"
                   R"({"op":"replace","path":"/lines/1/sku","value":"mug"},)"
                   R"({"op":"replace","path":"/lines/1/__musubi_store_id__/1","value":"mug"},)"
                   R"({"op":"replace","path":"/lines/0/sku","value":"cup"},)"
                   R"({"op":"replace","path":"/lines/0/__musubi_store_id__/1","value":"cup"})"
                   "\n");
}

TEST_F(a_page_with_children, keeps_a_child_and_what_it_knows_when_it_moves) {
  (void)page->dispatch(line::SetQty{7}, "lines", "pen");
  (void)page->take_envelopes();
  happened.clear();
  (void)page->dispatch(put({"pen", "mug"}));
  EXPECT_EQ(happened, (log{"render root"}));
  EXPECT_NE(page->tree().find(R"(["lines","pen"],"sku":"pen","qty":7})"), std::string::npos);
}

// contract section 5.12
TEST_F(a_page_with_children, mounts_a_child_that_comes_back_afresh) {
  (void)page->dispatch(line::SetQty{7}, "lines", "pen");
  (void)page->dispatch(put({"mug"}));
  (void)page->dispatch(put({"mug", "pen"}));
  EXPECT_NE(page->tree().find(R"(["lines","pen"],"sku":"pen","qty":1})"), std::string::npos);
}

// contract section 4.2
TEST_F(a_page_with_children, answers_unknown_store_before_unknown_command) {
  EXPECT_EQ(page->send("nope", "{}", R"(["lines","cup"])").body, R"({"reason":"unknown store"})");
  EXPECT_EQ(page->send("nope", "{}", R"(["lines","mug"])").body, R"({"reason":"unknown command"})");
  EXPECT_EQ(page->send("nope", "{}", R"(["lines"])").body, R"({"reason":"unknown store"})");
  EXPECT_EQ(page->send("nope", "{}", R"([7])").body, R"({"reason":"unknown store"})");
  EXPECT_FALSE(page->failed());
  EXPECT_TRUE(happened.empty());
}

TEST_F(a_page_with_children, finds_a_store_however_its_id_is_written) {
  EXPECT_TRUE(page->send("shout", "{}", "[ \"li\\u006ees\" , \"mug\" ]").ok);
}

// contract section 5.4
TEST_F(a_page_with_children, ends_when_two_children_have_one_id) {
  (void)page->dispatch(put({"mug", "mug"}));
  EXPECT_TRUE(page->failed());
}

TEST_F(a_page_with_children, ends_when_a_child_has_no_id) {
  (void)page->dispatch(put({""}));
  EXPECT_TRUE(page->failed());
}

TEST_F(a_page_with_children, ends_when_a_child_throws) {
  (void)page->dispatch(line::SetQty{13}, "lines", "mug");
  EXPECT_TRUE(page->failed());
}

TEST_F(a_page_with_children, ends_every_child_with_the_page) {
  page.reset();
  EXPECT_EQ(happened.size(), 2U);
}

TEST_F(a_page_with_children, gives_back_the_memory_of_what_is_gone) {
  const auto used = page->bench().memory.nodes.metrics().used;
  (void)page->dispatch(put({}));
  EXPECT_EQ(page->bench().memory.nodes.metrics().used, used - 2);
}

/// Children that know nothing but that they are there: only their ids tell them apart.
struct shelf_box {
  static constexpr std::string_view module = "Test.ShelfBox";
  struct State {
    bool there;
  };
  void init(context& ctx) { happened.push_back("init " + std::string(ctx.store_id())); }
  State render() const { return {true}; }
};
struct shelf {
  static constexpr std::string_view module = "Test.Shelf";
  struct State {
    list<child<shelf_box>, 4> upper;
    list<child<shelf_box>, 4> lower;
  };
  struct Fill {
    list<text<15>, 4> upper;
    list<text<15>, 4> lower;
  };
  using commands = musubi::commands<Fill>;
  status handle(const Fill& command, context&) {
    filled = command;
    return {};
  }
  State render() const {
    State made;
    for (const auto& id : filled.upper) (void)made.upper.push_back({id});
    for (const auto& id : filled.lower) (void)made.lower.push_back({id});
    return made;
  }
  Fill filled;
};

class a_list_of_children : public testing::Test {
 protected:
  a_list_of_children() { happened.clear(); }
  /// What was mounted for it.
  std::vector<std::string> fill(shelf::Fill with) {
    happened.clear();
    EXPECT_TRUE(page.dispatch(with).ok);
    return happened;
  }
  using log = std::vector<std::string>;
  musubi::testkit::mounted<shelf> page;
};

// contract section 5.4
TEST_F(a_list_of_children, keeps_children_that_are_placed_as_before) {
  EXPECT_EQ(fill({{"a", "b"}, {"a"}}),
            (log{R"(init "upper","a")", R"(init "upper","b")", R"(init "lower","a")"}));
  EXPECT_EQ(fill({{"a", "b"}, {"a"}}), log{});
}

// contract section 5.4
TEST_F(a_list_of_children, tells_ids_apart_that_look_alike_where_they_are_escaped) {
  EXPECT_EQ(fill({{R"(a"b)"}, {}}), log{R"(init "upper","a\"b")"});
  EXPECT_EQ(fill({{R"(a\"b)"}, {}}), log{R"(init "upper","a\\\"b")"});
}

// contract section 5.4
TEST_F(a_list_of_children, mounts_a_child_afresh_that_stands_under_another_key) {
  EXPECT_EQ(fill({{"a"}, {}}), log{R"(init "upper","a")"});
  EXPECT_EQ(fill({{}, {"a"}}), log{R"(init "lower","a")"});
}

// contract section 5.4
TEST_F(a_list_of_children, keeps_those_that_stay_when_others_come_and_go_before_them) {
  (void)fill({{"b", "c"}, {"a"}});
  EXPECT_EQ(fill({{"a", "b", "c"}, {"a"}}), log{R"(init "upper","a")"});
  EXPECT_EQ(fill({{"c"}, {"b", "a"}}), log{R"(init "lower","b")"});
  EXPECT_EQ(fill({{"c"}, {"b", "a"}}), log{});
  EXPECT_EQ(page.tree(), R"({"__musubi_store_id__":[],)"
                         R"("upper":[{"__musubi_store_id__":["upper","c"],"there":true}],)"
                         R"("lower":[{"__musubi_store_id__":["lower","b"],"there":true},)"
                         R"({"__musubi_store_id__":["lower","a"],"there":true}]})");
}

// contract section 5.4
TEST_F(a_list_of_children, ends_its_page_when_one_of_them_is_placed_twice) {
  (void)fill({{"a", "b"}, {}});
  (void)page.dispatch(shelf::Fill{{"b", "a", "b"}, {}});
  EXPECT_TRUE(page.failed());
}

struct cabinet {
  static constexpr std::string_view module = "Test.Cabinet";
  struct drawer {
    list<child<shelf_box>, 2> boxes;
  };
  struct State {
    dict<text<15>, drawer, 2> drawers;
  };
  struct Label {
    text<15> drawer;
    text<15> box;
  };
  using commands = musubi::commands<Label>;
  status handle(const Label& command, context&) {
    label = command;
    return {};
  }
  State render() const {
    drawer with;
    (void)with.boxes.push_back({label.box});
    State made;
    (void)made.drawers.set(label.drawer, with);
    return made;
  }
  Label label{"left", "a"};
};

// contract section 5.4
TEST(a_child_in_a_struct_under_a_key, is_mounted_again_when_the_key_changes) {
  musubi::testkit::mounted<cabinet> page;
  happened.clear();
  EXPECT_TRUE(page.dispatch(cabinet::Label{"left", "a"}).ok);
  EXPECT_EQ(happened, std::vector<std::string>{});
  EXPECT_TRUE(page.dispatch(cabinet::Label{"right", "a"}).ok);
  EXPECT_EQ(happened, std::vector<std::string>{R"(init "drawers","right","boxes","a")"});
}

TEST(a_page_without_room_for_children, is_refused_and_says_which_pool_is_empty) {
  limits few = musubi::testkit::mounted<cart>::small_limits();
  few.nodes = 2;
  musubi::testkit::mounted<cart> page({"hall"}, {}, few);
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.code(), errc::exhausted);
  EXPECT_EQ(page.error().why.reason(), "nodes");
}

/// Where a direct child's own child has the store_id of one in a list.
struct inner {
  static constexpr std::string_view module = "Test.Inner";
  struct State {
    std::int32_t n;
  };
  State render() const { return {1}; }
};
struct outer {
  static constexpr std::string_view module = "Test.Outer";
  struct State {
    child<inner> only;
  };
  State render() const { return {{"a"}}; }
};
struct clash {
  static constexpr std::string_view module = "Test.Clash";
  struct State {
    child<outer> one;
    list<child<inner>, 2> many;
  };
  State render() const {
    State made{{"many"}, {}};
    (void)made.many.push_back({"a"});
    return made;
  }
};

// contract section 5.4
TEST(a_page_with_equal_child_ids, is_not_mounted) {
  musubi::testkit::mounted<clash> page;
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.code(), errc::failed);
}

/// A tree three stores deep, whose middle moves.
struct leaf {
  static constexpr std::string_view module = "Test.Leaf";
  struct State {
    std::int32_t n;
  };
  struct Add {};
  using commands = musubi::commands<Add>;
  status handle(const Add&, context&) {
    ++n;
    return {};
  }
  State render() const { return {n}; }
  std::int32_t n = 0;
};
struct branch {
  static constexpr std::string_view module = "Test.Branch";
  struct State {
    list<child<leaf>, 2> leaves;
    dict<text<7>, child<leaf>, 2> named;
  };
  State render() const {
    State made;
    (void)made.leaves.push_back({1});
    (void)made.named.set(text<7>("x"), {"x"});
    return made;
  }
};
struct tree {
  static constexpr std::string_view module = "Test.Tree";
  struct State {
    list<child<branch>, 4> branches;
  };
  struct Swap {};
  using commands = musubi::commands<Swap>;
  status handle(const Swap&, context&) {
    swapped = !swapped;
    return {};
  }
  State render() const {
    State made;
    (void)made.branches.push_back({swapped ? "b" : "a"});
    (void)made.branches.push_back({swapped ? "a" : "b"});
    return made;
  }
  bool swapped = false;
};

TEST(a_page_with_deep_children, patches_a_leaf_at_its_place) {
  musubi::testkit::mounted<tree> page;
  ASSERT_TRUE(page.ok());
  (void)page.take_envelopes();
  EXPECT_TRUE(page.dispatch(leaf::Add{}, "branches", "b", "leaves", "1").ok);
  auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].find(R"("ops":[{"op":"replace","path":"/branches/1/leaves/0/n","value":1}])"),
            std::string::npos)
      << sent[0];
  // a child that is the value of a key of a map has no key in its store_id (section 5.4)
  EXPECT_TRUE(page.dispatch(leaf::Add{}, "branches", "b", "named", "x").ok);
}

TEST(a_page_with_deep_children, rewrites_the_store_ids_of_all_that_moved) {
  musubi::testkit::mounted<tree> page;
  (void)page.dispatch(leaf::Add{}, "branches", "b", "leaves", "1");
  (void)page.take_envelopes();
  (void)page.dispatch(tree::Swap{});
  auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(
      sent[0].find(
          R"({"op":"replace","path":"/branches/0/named/x/__musubi_store_id__/1","value":"b"},)"
          R"({"op":"replace","path":"/branches/0/leaves/0/n","value":1},)"
          R"({"op":"replace","path":"/branches/0/leaves/0/__musubi_store_id__/1","value":"b"},)"
          R"({"op":"replace","path":"/branches/0/__musubi_store_id__/1","value":"b"}])"),
      std::string::npos)
      << sent[0];
}

/// A child that calls for a render whenever it is told something.
struct eager {
  static constexpr std::string_view module = "Test.Eager";
  struct Props {
    std::int32_t rank;
  };
  struct State {
    std::int32_t rank;
    std::int32_t n;
  };
  struct Add {};
  using commands = musubi::commands<Add>;
  void update(const Props&, context& ctx) { ctx.changed(); }
  status handle(const Add&, context&) {
    ++n;
    return {};
  }
  State render() const { return {props.rank, n}; }
  Props props{};
  std::int32_t n = 0;
};
struct promoter {
  static constexpr std::string_view module = "Test.Promoter";
  struct State {
    child<eager> below;
  };
  struct Promote {};
  using commands = musubi::commands<Promote>;
  status handle(const Promote&, context&) {
    ++rank;
    return {};
  }
  State render() const { return {{"e", {rank}}}; }
  std::int32_t rank = 0;
};
struct office {
  static constexpr std::string_view module = "Test.Office";
  struct State {
    child<promoter> first;
    child<leaf> second;
  };
  State render() const { return {{"p"}, {"l"}}; }
};

TEST(changes_of_several_children,
     loses_none_when_one_of_them_changes_again_while_its_owner_is_rendered) {
  musubi::testkit::mounted<office> page;
  (void)page.take_envelopes();
  page.client().reads = false;
  (void)page.dispatch(leaf::Add{}, "l");
  (void)page.dispatch(eager::Add{}, "p", "e");
  (void)page.dispatch(promoter::Promote{}, "p");
  page.client().reads = true;
  page.client().service_wanted();
  page.run();
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].find(R"([{"op":"replace","path":"/second/n","value":1},)"
                         R"({"op":"replace","path":"/first/below/rank","value":1},)"
                         R"({"op":"replace","path":"/first/below/n","value":1}])"),
            std::string::npos)
      << sent[0];
}

TEST(changes_of_several_children, are_told_in_the_order_of_the_fields_wherever_they_stand) {
  musubi::testkit::mounted<tree> page;
  (void)page.take_envelopes();
  page.client().reads = false;
  (void)page.dispatch(leaf::Add{}, "branches", "a", "leaves", "1");
  (void)page.dispatch(leaf::Add{}, "branches", "b", "named", "x");
  (void)page.dispatch(leaf::Add{}, "branches", "a", "named", "x");
  (void)page.dispatch(leaf::Add{}, "branches", "b", "leaves", "1");
  page.client().reads = true;
  page.client().service_wanted();
  page.run();
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].find(R"([{"op":"replace","path":"/branches/1/named/x/n","value":1},)"
                         R"({"op":"replace","path":"/branches/1/leaves/0/n","value":1},)"
                         R"({"op":"replace","path":"/branches/0/named/x/n","value":1},)"
                         R"({"op":"replace","path":"/branches/0/leaves/0/n","value":1}])"),
            std::string::npos)
      << sent[0];
}

TEST(changes_of_several_children, are_told_once) {
  musubi::testkit::mounted<tree> page;
  (void)page.dispatch(leaf::Add{}, "branches", "a", "leaves", "1");
  (void)page.take_envelopes();
  (void)page.dispatch(leaf::Add{}, "branches", "b", "leaves", "1");
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].find(R"("ops":[{"op":"replace","path":"/branches/1/leaves/0/n","value":1}])"),
            std::string::npos)
      << sent[0];
}

}  // namespace
}  // namespace musubi::test
