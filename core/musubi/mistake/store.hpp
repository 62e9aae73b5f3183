#pragma once
/// Mistakes in a store's functions and in its declarations other than commands, events and uploads.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Store>
struct store_without_module {
  static_assert(right<store_without_module>,
                "musubi: a store names its module; add a public `static constexpr std::string_view "
                "module = \"My.Store\";`");
};
template <class Store>
struct awkward_module {
  static_assert(right<awkward_module>,
                "musubi: a module is the name by which a browser asks for a store: printable ASCII "
                "without quotes and slashes, such as \"Home.Thermostat\"; rename it");
};
template <class Store>
struct store_without_state {
  static_assert(
      right<store_without_state>,
      "musubi: a store needs a public struct State, which is what the browser sees; add it");
};
template <class Store, class State>
struct state_that_is_no_struct {
  static_assert(right<state_that_is_no_struct>,
                "musubi: a State is a plain struct; its fields are what the browser sees");
};
template <class Store>
struct store_without_first_values {
  static_assert(right<store_without_first_values>,
                "musubi: a store must be default-constructible; initialise its members, and fetch "
                "the rest in mount (of a root) or init (of a child)");
};
template <class Store>
struct final_store {
  static_assert(right<final_store>,
                "musubi: in a final class, the library cannot see functions that are private or "
                "have the wrong signature, and would ignore them; remove `final`");
};
template <class Store, class List>
struct list_of_another_name {
  static_assert(right<list_of_another_name>,
                "musubi: the library looks for lists named commands, events, uploads and roots; "
                "rename this one");
};

// --- render ---

template <class Store>
struct store_without_render {
  static_assert(right<store_without_render>,
                "musubi: a store renders its State; add a public `State render() const`, or `State "
                "render(const musubi::context&) const`");
};
template <class Store>
struct render_that_changes_the_store {
  static_assert(right<render_that_changes_the_store>,
                "musubi: render must not change the store; write `State render() "
                "const`, or `State render(const musubi::context&) const`");
};
template <class Store>
struct render_of_another_form {
  static_assert(right<render_of_another_form>,
                "musubi: a store's render is `State render() const`, or `State render(const "
                "musubi::context&) const`, and public");
};
template <class Store, class Answer>
struct render_of_another_type {
  static_assert(right<render_of_another_type>, "musubi: render returns the State of its store");
};

// --- mount and what comes with it ---

template <class Store>
struct mount_without_answer {
  static_assert(right<mount_without_answer>,
                "musubi: mount reports whether it succeeded; return musubi::status, and end with "
                "`return {};`");
};
template <class Store>
struct mount_that_waits {
  static_assert(right<mount_that_waits>,
                "musubi: mount cannot be a coroutine, because the first State is rendered when it "
                "returns; return musubi::status, and start slow work with ctx.assign_async");
};
template <class Store>
struct mount_of_another_form {
  static_assert(right<mount_of_another_form>,
                "musubi: a store's mount is `musubi::status mount(const Params&, "
                "musubi::context&)`, or without Params, and public");
};
template <class Store>
struct params_without_first_values {
  static_assert(right<params_without_first_values>,
                "musubi: Params are constructed before their fields are read; make them "
                "default-constructible");
};
template <class Store, class Params>
struct params_that_are_no_struct {
  static_assert(right<params_that_are_no_struct>,
                "musubi: Params are a plain struct; its fields are what a browser passes when it "
                "mounts the store");
};
template <class Store>
struct terminate_of_another_form {
  static_assert(right<terminate_of_another_form>,
                "musubi: a store's terminate is `void terminate(std::string_view reason, "
                "musubi::context&)`, and public");
};
template <class Store>
struct root_init_of_another_form {
  static_assert(right<root_init_of_another_form>,
                "musubi: init of a root, which runs after mount, is `musubi::status "
                "init(musubi::context&)`, and public");
};

// --- children ---

template <class Store>
struct mount_of_a_child {
  static_assert(right<mount_of_a_child>,
                "musubi: a browser mounts only roots, so mount of a child would never be called; "
                "name it init: `musubi::status init(const Props&, musubi::context&)`");
};
template <class Store>
struct terminate_of_a_child {
  static_assert(right<terminate_of_a_child>,
                "musubi: only roots are terminated, so terminate of a child would never be called; "
                "use its destructor");
};
template <class Store>
struct init_of_another_form {
  static_assert(
      right<init_of_another_form>,
      "musubi: a child's init is `musubi::status init(const Props&, musubi::context&)`, or "
      "without Props, and public");
};
template <class Store>
struct update_of_another_form {
  static_assert(right<update_of_another_form>,
                "musubi: a child's update is `musubi::status update(const Props&, "
                "musubi::context&)`, and public");
};
template <class Store>
struct ignored_props {
  static_assert(right<ignored_props>,
                "musubi: a child with Props receives them in a public member `Props props;`, or in "
                "`init(const Props&, musubi::context&)` and `update(const Props&, "
                "musubi::context&)`");
};
template <class Store>
struct ignored_new_props {
  static_assert(
      right<ignored_new_props>,
      "musubi: a child whose Props may change receives them in a public member `Props props;`, "
      "or in `update(const Props&, musubi::context&)`");
};
template <class Store, class Type>
struct props_that_cannot_be_compared {
  static_assert(right<props_that_cannot_be_compared>,
                "musubi: props are compared with the previous ones; give this type an operator==");
};
template <class Store>
struct child_that_is_no_store {
  static_assert(right<child_that_is_no_store>,
                "musubi: the store of a musubi::child<Store> must be defined before it is used; a "
                "store cannot contain itself");
};

// --- hooks ---

template <class Store>
struct hooks_of_another_kind {
  static_assert(right<hooks_of_another_kind>,
                "musubi: a store declares the most hooks it attaches, from 1 to 254: a public "
                "static constexpr std::size_t hooks = 2;");
};

}  // namespace musubi::mistake
