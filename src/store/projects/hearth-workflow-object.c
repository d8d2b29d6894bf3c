/* hearth-workflow-object.c: what the store itself writes into a workflow (workflow-format.md 1.7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include "hearth-id.h"

/* Takes @value. */
static void
add_unless (HearthBuilder *out,
            HearthValue   *members,
            const char    *key,
            HearthValue   *value)
{
  HearthValue *own = hearth_value_get (members, key);

  hearth_builder_add (out, key, own != NULL ? hearth_value_ref (own) : hearth_value_ref (value));
  hearth_value_unref (value);
}

static void
add_own (HearthBuilder *out,
         HearthValue   *members,
         const char    *key)
{
  hearth_builder_add (out, key, hearth_value_ref_or_null (hearth_value_get (members, key)));
}

static gboolean
is_known_key (const char *key)
{
  static const char *const keys[] = { "id",        "name",      "description", "nodes",           "edges",
                                      "viewport",  "createdAt", "updatedAt",   "version",         "interfaceInputs",
                                      "interfaceOutputs", "referencedWorkflows", NULL };

  return g_strv_contains (keys, key);
}

HearthValue *
_hearth_workflow_new_stored (HearthValue *members)
{
  const char *id = hearth_value_get_member_string (members, "id", "");
  g_autofree char *fresh_id = hearth_id_new_uuid ();
  g_autofree char *now = hearth_time_now_iso ();
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&out, "id", *id != '\0' ? id : fresh_id);
  add_own (&out, members, "name");
  add_own (&out, members, "description");
  add_own (&out, members, "nodes");
  add_own (&out, members, "edges");
  add_own (&out, members, "viewport");
  hearth_builder_add_string (&out, "createdAt", now);
  hearth_builder_add_string (&out, "updatedAt", now);
  hearth_builder_add_string (&out, "version", HEARTH_VERSION);
  add_unless (&out, members, "interfaceInputs", hearth_value_empty_object ());
  add_unless (&out, members, "interfaceOutputs", hearth_value_empty_object ());
  add_unless (&out, members, "referencedWorkflows", hearth_value_empty_array ());
  for (gsize i = 0; i < hearth_value_get_length (members); i++)
    if (!is_known_key (hearth_value_key_at (members, i)))
      hearth_builder_add (&out, hearth_value_key_at (members, i), hearth_value_ref (hearth_value_member_at (members, i)));
  return hearth_builder_end_object (&out);
}

HearthValue *
_hearth_workflow_renew (HearthValue *stored,
                        HearthValue *base,
                        HearthValue *members,
                        const char  *id)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) overlaid = hearth_value_overlay (base, members);
  g_autoptr (HearthValue) fixed = hearth_value_object (
      "id", hearth_value_string (id),
      "createdAt", hearth_value_ref_or_null (hearth_value_get (stored, "createdAt")),
      "updatedAt", hearth_value_string (now),
      "version", hearth_value_string (HEARTH_VERSION), NULL);

  return hearth_value_overlay (overlaid, fixed);
}
