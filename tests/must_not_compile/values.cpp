// Values of the library's types that cannot be.

#include <string>

#include <musubi/async/mailbox.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

// mistake: a literal that is longer than the text
// expect: musubi: this literal is longer than the text's capacity; make the text longer, or
// names: literal_too_long, 4, 7
const musubi::text<4> kitchen = "kitchen";

// mistake: a buffer whose end only its owner knows
// expect: musubi: say how much of the buffer is text:
// names: text_of_a_buffer, 16
musubi::text<16> name() {
  char buffer[16] = "kitchen";
  return musubi::text<16>(buffer);
}

// mistake: a reason whose text is someone else's
// expect: musubi: a reason is a literal, or is copied into the status; to put values into it:
// names: borrowed_reason
musubi::status refused(const std::string& why) {
  return musubi::refuse(why);
}

// mistake: a reason that has no end of its own
// expect: musubi: a reason is a literal, or is copied into the status; to put values into it:
// names: borrowed_reason
musubi::status refused_in_a_buffer() {
  char why[32] = "too hot";
  return musubi::refuse(why, "celsius");
}

// mistake: a reason that is longer than a status has room for
// expect: musubi: a reason built at run time has at most 46 bytes; make it a musubi::reason_text
// names: reason_too_long, 80
musubi::status refused_at_length(const musubi::text<80>& why) {
  return musubi::refuse(why);
}

// mistake: a float among the parts of a text
// expect: musubi: write a float into a text as musubi::json::digits(value), or round it to an
// names: part_without_digits, float
musubi::status refused_by_temperature(float most) {
  return musubi::refuse(musubi::reason_text::clipped("at most ", most, " °C"), "celsius");
}

// mistake: a failure whose reason is made at run time
// expect: musubi: the reason of a failure is a literal
// names: borrowed_failure
musubi::status failed(std::string_view why) {
  return musubi::fail(why);
}

// mistake: a coroutine that yields a plain value, or why there is none
// expect: musubi: a task of a plain value cannot fail; a coroutine that can fail returns
// names: task_that_cannot_fail, int
musubi::task<int> count_lines(bool readable) {
  if (!readable) co_return musubi::refuse("unreadable");
  co_return 3;
}

// mistake: more values than there is room for
// expect: musubi: these are more values than the list's capacity; make the list longer
// names: list_of_too_many_values, 2, 3
const musubi::list<int, 2> numbers{1, 2, 3};

// mistake: a struct that holds a list of itself
// expect: musubi: a list holds its values in place, so their type must be complete; a struct
// names: folder
struct folder {
  musubi::list<folder, 4> folders;
};

// mistake: a mailbox for one message: a slot must tell "filled" from "free in the next round"
// expect: musubi: the capacity of a mailbox must be a power of two, at least 2:
// names: queue_of_another_depth, 1
musubi::mailbox<int, 1> box_of_one;

// mistake: a mailbox whose depth cannot be counted round
// expect: musubi: the capacity of a mailbox must be a power of two, at least 2:
// names: queue_of_another_depth, 10
musubi::mailbox<int, 10> box_of_ten;

// mistake: messages whose copies may fail
// expect: musubi: a message is copied for each receiver, so copying it must not throw; hold
// names: message_that_cannot_be_copied
musubi::mailbox<std::string, 4> box_of_strings;

// mistake: a watched value whose copies may fail
// expect: musubi: a watched value is copied for each reader, so copying it must not throw; hold
// names: value_that_cannot_be_copied
musubi::watch<std::string> watched_string;
