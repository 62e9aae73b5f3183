// A slot must tell "filled" from "free in the next round".
// expect: constraints not satisfied

#include <musubi/async/mailbox.hpp>

musubi::mailbox<int, 1> box;
