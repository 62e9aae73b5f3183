/* Static memory for the only context that wslay allocates, the host's frame reader
 * (musubi/net/websocket/internal/frame.hpp). */
#include "wslay_frame.h"

static struct wslay_frame_context context;
static int taken;

/* Returns null for a second context, because a microcontroller runs one host. */
void* musubi_wslay_allocate(size_t bytes) {
  if (taken || bytes > sizeof context) return NULL;
  taken = 1;
  return &context;
}

void musubi_wslay_release(void* block) {
  if (block == &context) taken = 0;
}
