/* Generous sizes of lwIP's memory, for a board with 200 KiB of RAM or more: full segments, four of
   them in flight in each direction. */
#pragma once

#define TCP_MSS 1460
#define TCP_WND (4 * TCP_MSS)
#define TCP_SND_BUF (4 * TCP_MSS)
#define TCP_SND_QUEUELEN 16
#define TCP_QUEUE_OOSEQ 1     /* keep segments after a lost one, */
#define TCP_OOSEQ_MAX_PBUFS 4 /* but only a few, because they occupy buffers */

#define MEMP_NUM_TCP_SEG (8 * MEMP_NUM_TCP_PCB)
#define MEMP_NUM_ARP_QUEUE MEMP_NUM_TCP_SEG
#define MEM_SIZE (8 * 1024 + TCP_SND_BUF * BOARD_CONNECTIONS)
#define PBUF_POOL_SIZE (8 + 4 * BOARD_CONNECTIONS)

#include "lwipopts_common.h"
