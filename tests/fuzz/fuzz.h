/* fuzz.h: the one function a fuzz target consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Called with every input, by libFuzzer or by fuzz-runner.c; aborts on a mistake, returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
