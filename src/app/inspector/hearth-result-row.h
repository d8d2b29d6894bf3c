/* hearth-result-row.h: a result to read and to copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_RESULT_ROW (hearth_result_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthResultRow, hearth_result_row, HEARTH, RESULT_ROW, GtkListBoxRow)

GtkWidget  *hearth_result_row_new      (const char      *key,
                                        const char      *title);
const char *hearth_result_row_get_key  (HearthResultRow *self);
/* NULL: there is none yet. */
void        hearth_result_row_set_text (HearthResultRow *self,
                                        const char      *text);
/* As it streams in. */
void        hearth_result_row_append   (HearthResultRow *self,
                                        const char      *text);
/* The whole text, as far as it came; or NULL. */
const char *hearth_result_row_get_text (HearthResultRow *self);
/* Shows it all rather than the first lines. */
void        hearth_result_row_set_tall (HearthResultRow *self,
                                        gboolean         is_tall);

G_END_DECLS
