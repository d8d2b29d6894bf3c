/* hearth-policy-form.h: what happens to a node that fails or takes too long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_POLICY_FORM (hearth_policy_form_get_type ())
G_DECLARE_FINAL_TYPE (HearthPolicyForm, hearth_policy_form, HEARTH, POLICY_FORM, AdwBin)

/* Shows the policy of a node, and writes it into the node's config. @node_id NULL: of none. To be
 * called again after every change of the graph. */
void hearth_policy_form_set_node (HearthPolicyForm *self,
                                  HearthDocument   *document,
                                  const char       *node_id);

G_END_DECLS
