/* hearth-range.h: which part of a file a request wants (RFC 9110, 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthRangeKind:
 * @HEARTH_RANGE_ALL: no part, or a wish that is not to be understood: all of it is sent
 * @HEARTH_RANGE_PART: one part
 * @HEARTH_RANGE_NONE: a part there is not: 416
 */
typedef enum
{
  HEARTH_RANGE_ALL,
  HEARTH_RANGE_PART,
  HEARTH_RANGE_NONE,
} HearthRangeKind;

/* @header: "bytes=0-99", or NULL. Of several parts at once none is understood. @start and @end (behind the
 * last byte) are always set: to all of @size, but for a part. */
HearthRangeKind hearth_range_parse (const char *header,
                                    guint64     size,
                                    guint64    *start,
                                    guint64    *end);

G_END_DECLS
