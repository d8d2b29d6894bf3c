/* hearth-display.h: values, times and types as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Text as it is, everything else as JSON; NULL gives "". */
char       *hearth_display_value    (HearthValue    *value);
/* "1.2 s", "350 ms" */
char       *hearth_display_duration (double          ms);
/* A time stamp of a file as a day, or "". */
char       *hearth_display_day      (const char     *iso);
/* A time stamp of a file as day and time of day, or "". */
char       *hearth_display_moment   (const char     *iso);
/* Time of day with seconds. */
char       *hearth_display_clock    (gint64          unix_ms);
const char *hearth_display_type     (HearthDataType  type);

/* The sign of a node type: its emoji, else the first letter of its title. */
char       *hearth_display_sign     (HearthNodeType *type);
void        hearth_display_name     (GtkWidget      *widget,   /* for screen readers */
                                     const char     *name);
/* For a text that is taken over letter by letter: wrapped anywhere, without the hyphens that Pango adds there. */
void        hearth_display_verbatim (GtkLabel       *label,
                                     const char     *text);
/* Copies text, from a button on @widget. */
void        hearth_display_copy     (GtkWidget      *widget,
                                     const char     *text);

G_END_DECLS
