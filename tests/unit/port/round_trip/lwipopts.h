/* lwIP as on the board with 64 KiB of RAM, for 24 browsers, on an emulated IP network. */
#pragma once

#define BOARD_CONNECTIONS 24

#include "../../../../examples/board_lm3s6965/board/lwipopts.h"

#undef MEMP_NUM_TCP_PCB_LISTEN
#define MEMP_NUM_TCP_PCB_LISTEN 2 /* one for a server of the program's own */
#undef LWIP_ARP
#define LWIP_ARP 0
#define LWIP_ETHERNET 0
#undef LWIP_NOASSERT
#undef MEM_ALIGNMENT
#define MEM_ALIGNMENT 8

/* the network changes no byte */
#define CHECKSUM_GEN_IP 0
#define CHECKSUM_GEN_TCP 0
#define CHECKSUM_GEN_ICMP 0
#define CHECKSUM_CHECK_IP 0
#define CHECKSUM_CHECK_TCP 0
#define CHECKSUM_CHECK_ICMP 0
