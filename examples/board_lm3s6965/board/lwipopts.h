/* Sizes of lwIP's memory for 64 KiB of RAM. */
#pragma once

/* Every peer accepts 536 bytes; larger segments would cost RAM for each buffer. */
#define TCP_MSS 536
#define TCP_CALCULATE_EFF_SEND_MSS 0 /* it fits every link */
#define TCP_WND (2 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS)
#define TCP_SND_QUEUELEN 6
#define TCP_QUEUE_OOSEQ 0 /* segments after a lost one are dropped, and sent again */

/* one for each connection, and some for larger writes */
#define MEMP_NUM_TCP_SEG (MEMP_NUM_TCP_PCB + 8)
/* A patch has 200 to 300 bytes with its headers. The port reserves half of the heap for connections
 * without unacknowledged data, and pages that find no room render later; so not every connection
 * needs room for a patch at once. */
#ifdef BOARD_MDNS
#define MEM_MDNS 1536 /* the responder's names and records, and its packet */
#else
#define MEM_MDNS 0
#endif
#if defined(LWIP_DHCP) && LWIP_DHCP
#define MEM_DHCP 512 /* what DHCP remembers, and its packet */
#else
#define MEM_DHCP 0
#endif
#if BOARD_CONNECTIONS == 1
#define MEM_SIZE (1920 + MEM_MDNS + MEM_DHCP)
#else
#define MEM_SIZE (2048 + 128 * BOARD_CONNECTIONS + MEM_MDNS + MEM_DHCP)
#endif
#define PBUF_POOL_SIZE (4 + BOARD_CONNECTIONS / 8)

#include "lwipopts_common.h"
