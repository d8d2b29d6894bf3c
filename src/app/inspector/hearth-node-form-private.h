/* hearth-node-form-private.h: what the files of the node form share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-form.h"
#include "hearth-policy-form.h"

G_BEGIN_DECLS

struct _HearthNodeForm
{
  AdwBin            parent_instance;

  /* template */
  GtkLabel         *sign;
  GtkText          *title;
  GtkLabel         *type;
  GtkLabel         *description;
  GtkLabel         *state;
  GtkLabel         *usage;
  GtkLabel         *why;
  GtkLabel         *failure;
  HearthPolicyForm *policy;
  GtkWidget        *config_group;
  GtkListBox       *config;
  GtkWidget        *inputs_group;
  GtkListBox       *inputs;
  GtkWidget        *results_group;
  GtkListBox       *results;

  /* owned */
  HearthEditorPage *page;
  char             *node_id;
  char             *shape;        /* what the rows were made for */
  GSignalGroup     *graph_signals;
  GSignalGroup     *log_signals;
  GCancellable     *cancellable;

  guint             tick;         /* results are shown with the next frame */
  gboolean          is_showing;   /* the title changes because of us */
};

/* The node, or NULL when it is gone. */
HearthNode *_hearth_node_form_get_node      (HearthNodeForm *self);
/* Rows for what the node has now, if they are not there yet; then their values. */
void        _hearth_node_form_update_rows   (HearthNodeForm *self);
/* State, time, failure and outputs of the newest run. */
void        _hearth_node_form_update_results(HearthNodeForm *self);

G_END_DECLS
