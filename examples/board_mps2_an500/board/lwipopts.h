/* As with the other image. */
#pragma once

#include "../../board_mps2_an385/board/lwipopts.h"
