/* lwIP's memory within 64 KiB of RAM. */
#pragma once

/* A segment and its buffers. 536 is what every peer accepts; a larger one costs RAM for each
 * buffer. */
#define TCP_MSS 536
#define TCP_WND (2 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS)
#define TCP_SND_QUEUELEN 6
#define TCP_QUEUE_OOSEQ 0 /* a lost segment is sent again, and what came after it too */

/* one for each connection, and some for who has more to say */
#define MEMP_NUM_TCP_SEG (MEMP_NUM_TCP_PCB + 8)
/* a patch is 200 to 300 bytes with its headers; the port keeps half for who has nothing under way
 */
#define MEM_SIZE (2048 + 256 * BOARD_CONNECTIONS)
#define PBUF_POOL_SIZE (4 + BOARD_CONNECTIONS / 8)

#include "lwipopts_common.h"
