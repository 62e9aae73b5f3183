#pragma once
// Hooks: one place decides who may do what, before any handler of this store or its children runs;
// another records what was done.
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

struct denied {
  bool ok;
  musubi::text<24> reason;
};

struct drawer {
  static constexpr std::string_view module = "Example.Drawer";
  struct State {
    bool open;
  };
  struct Open {};
  using commands = musubi::commands<Open>;
  musubi::status handle(const Open&, musubi::context&) {
    open = true;
    return {};
  }
  State render() const { return {open}; }
  bool open = false;
};

struct vault {
  static constexpr std::string_view module = "Example.Vault";
  static constexpr std::size_t hooks = 2;  // most attached at once

  struct State {
    musubi::child<drawer> box;
    bool signed_in;
    std::int32_t handled;
    musubi::text<15> last;
  };
  struct SignIn {
    musubi::text<15> pin;
  };
  struct SignOut {};
  using commands = musubi::commands<SignIn, SignOut>;

  musubi::status mount(musubi::context& ctx) {
    const musubi::status audits =
        ctx.attach_hook<musubi::after_command, &vault::audit>(*this, "audit");
    return audits.ok() ? lock(ctx) : audits;
  }

  // A denial is a reply with status ok, which the page reads; `halt()` alone would reply with {}.
  musubi::verdict authorize(const musubi::command_info& command, musubi::context&) {
    if (command.as<SignIn>() != nullptr) return musubi::proceed();
    return command.halt(denied{false, "sign in first"});
  }
  musubi::verdict audit(const musubi::command_info& command, musubi::context&) {
    ++handled;
    last = musubi::text<15>::clipped(command.name);
    return musubi::proceed();
  }

  musubi::status handle(const SignIn& command, musubi::context& ctx) {
    if (command.pin != "2580") return musubi::refuse("wrong pin", "pin");
    ctx.detach_hook<musubi::before_command>("authorize");
    signed_in = true;
    return {};
  }
  musubi::status handle(const SignOut&, musubi::context& ctx) {
    signed_in = false;
    return lock(ctx);
  }
  State render() const { return {{"box"}, signed_in, handled, last}; }

 private:
  musubi::status lock(musubi::context& ctx) {
    return ctx.attach_hook<musubi::before_command, &vault::authorize>(*this, "authorize");
  }
  bool signed_in = false;
  std::int32_t handled = 0;
  musubi::text<15> last;
};
