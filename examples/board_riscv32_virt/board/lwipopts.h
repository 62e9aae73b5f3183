#pragma once
#include "lwipopts_roomy.h"
