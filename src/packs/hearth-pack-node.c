/* hearth-pack-node.c: one kind of node that a pack declares
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-i18n.h"

#define DEFAULT_TIMEOUT 60 /* seconds */
#define MAX_TIMEOUT 3600
#define MAX_WIDTH 2000

gboolean
_hearth_pack_fail (GError    **error,
                   const char *message)
{
  g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message);
  return FALSE;
}

guint
_hearth_pack_get_timeout (HearthValue *behavior)
{
  double seconds = hearth_value_get_member_double (behavior, "timeoutSeconds", DEFAULT_TIMEOUT);

  return (guint) CLAMP (seconds, 1, MAX_TIMEOUT);
}

static void
node_free (gpointer data)
{
  HearthPackNode *self = data;

  _hearth_pack_unref (self->pack);
  hearth_value_unref (self->definition);
  g_clear_pointer (&self->expressions, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPackNode, node_free)

/* --- checking --------------------------------------------------------------------------- */

static gboolean
is_stream (HearthValue *slots,
           gsize        index)
{
  return hearth_value_get_member_boolean (hearth_value_member_at (slots, index), "isStream", FALSE);
}

/* One JSON object goes in, so no stream does; and chunks go to all stream outputs, so there is one at most. */
static gboolean
check_streams (HearthPackNode *self,
               GError        **error)
{
  HearthValue *inputs = hearth_value_get (self->definition, "inputs");
  HearthValue *outputs = hearth_value_get (self->definition, "outputs");

  for (gsize i = 0; i < hearth_value_get_length (inputs); i++)
    if (is_stream (inputs, i))
      return _hearth_pack_fail (error, _("A pack's node cannot take a stream. Leave isStream away: it then gets the whole text."));
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    {
      if (!is_stream (outputs, i))
        continue;
      if (self->stream != NULL)
        return _hearth_pack_fail (error, _("Only one output can be a stream."));
      self->stream = hearth_value_key_at (outputs, i);
    }
  if (hearth_value_get (self->definition, "modes") != NULL && self->stream != NULL)
    return _hearth_pack_fail (error, _("A node with modes cannot have a stream."));
  return TRUE;
}

static gboolean
check_client_script (HearthPackNode *self,
                     GError        **error)
{
  const char *url = self->decl.client_script_url;

  if (url == NULL || (g_str_has_suffix (url, ".js") && strstr (url, "..") == NULL && *url != '/'))
    return TRUE;
  return _hearth_pack_fail (error, _("clientScriptUrl must name a .js file below the definition's folder."));
}

/* --- behaviour ---------------------------------------------------------------------------- */

static char *
dup_resource (HearthStep *step)
{
  return g_strconcat ("pack:", hearth_pack_node_of (step)->pack->name, NULL);
}

static gboolean
set_workflow (HearthPackNode *self,
              HearthValue    *workflow,
              GError        **error)
{
  if (self->stream != NULL)
    return _hearth_pack_fail (error, _("A node that stands for a workflow cannot have a stream."));
  if (!hearth_value_is (workflow, OBJECT))
    return _hearth_pack_fail (error, _("The workflow's file does not hold a workflow."));
  self->decl.flags |= HEARTH_NODE_CALLS;
  self->decl.start = _hearth_pack_workflow_start;
  return TRUE;
}

/* What reaches out of the program is not done for a preview. */
static gboolean
set_outside (HearthPackNode *self,
             const char     *key)
{
  self->behavior = hearth_value_get_member_kind (hearth_value_get (self->definition, "behavior"), key, HEARTH_VALUE_OBJECT);
  if (self->behavior == NULL)
    return FALSE;
  self->decl.flags |= HEARTH_NODE_PREVIEW_UNSAFE;
  self->decl.resource = dup_resource;
  return TRUE;
}

static gboolean
set_behavior (HearthPackNode *self,
              HearthValue    *workflow,
              GError        **error)
{
  HearthValue *behavior = hearth_value_get (self->definition, "behavior");

  if (!hearth_value_is (behavior, OBJECT) || hearth_value_get_length (behavior) != 1)
    return _hearth_pack_fail (error, _("“behavior” must have exactly one of workflow, http and program."));
  if (workflow != NULL)
    return set_workflow (self, workflow, error);
  if (set_outside (self, "http"))
    {
      self->decl.start = _hearth_pack_http_start;
      return _hearth_pack_http_check (self, error);
    }
  if (set_outside (self, "program"))
    {
      self->decl.start = _hearth_pack_program_start;
      self->decl.resume = _hearth_pack_program_resume;
      return _hearth_pack_program_check (self, error);
    }
  return _hearth_pack_fail (error, _("“behavior” must have exactly one of workflow, http and program."));
}

/* --- making ------------------------------------------------------------------------------- */

static const char *
text (HearthPackNode *self,
      const char     *key)
{
  return hearth_value_get_member_string (self->definition, key, NULL);
}

/* Every text belongs to the definition, or to the pack. */
static void
fill_decl (HearthPackNode *self)
{
  HearthNodeDecl *decl = &self->decl;

  decl->type = text (self, "type");
  decl->space = self->pack->name;
  decl->category = text (self, "category");
  decl->name = text (self, "displayName");
  decl->mode_key = text (self, "modeConfigKey");
  decl->default_mode = text (self, "defaultModeId");
  decl->client_script_url = text (self, "clientScriptUrl");
  decl->width = (int) CLAMP (hearth_value_get_member_double (self->definition, "width", 0), 0, MAX_WIDTH);
  decl->version = 1;
  if (hearth_value_get_member_boolean (self->definition, "isPreviewUnsafe", FALSE))
    decl->flags |= HEARTH_NODE_PREVIEW_UNSAFE;
}

HearthNodeType *
_hearth_pack_make_type (HearthPack  *pack,
                        HearthValue *definition,
                        HearthValue *workflow,
                        GError     **error)
{
  g_autoptr (HearthPackNode) self = NULL;
  HearthPackNode *made;

  if (!hearth_node_definition_check (definition, error))
    return NULL;
  self = g_new0 (HearthPackNode, 1);
  self->pack = _hearth_pack_ref (pack);
  self->definition = hearth_value_ref (definition);
  fill_decl (self);
  if (!check_streams (self, error) || !check_client_script (self, error) || !set_behavior (self, workflow, error))
    return NULL;
  made = g_steal_pointer (&self);
  return hearth_node_type_new_from_definition (&made->decl, definition, workflow, made, node_free);
}

/* --- steps ---------------------------------------------------------------------------------- */

/* @entries: an object with the keys that are wanted. */
static HearthValue *
collect (HearthStep  *step,
         HearthValue *entries,
         HearthValue *(*get) (HearthStep *step, const char *key))
{
  g_auto (HearthBuilder) values = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (entries, OBJECT) && i < hearth_value_get_length (entries); i++)
    {
      const char *key = hearth_value_key_at (entries, i);

      hearth_builder_add (&values, key, hearth_value_ref_or_null (get (step, key)));
    }
  return hearth_builder_end_object (&values);
}

HearthValue *
_hearth_pack_dup_world (HearthStep *step)
{
  HearthPackNode *self = hearth_pack_node_of (step);
  const char *mode = hearth_step_get_mode (step);
  HearthValue *slots = self->definition;

  if (mode != NULL)
    slots = hearth_value_get (hearth_value_get (self->definition, "modes"), mode);
  return hearth_value_object (
      "inputs", collect (step, hearth_value_get (slots, "inputs"), hearth_step_get_input),
      "config", collect (step, hearth_value_get (self->definition, "configSchema"), hearth_step_get_config),
      "settings", self->pack->settings != NULL ? hearth_value_ref (self->pack->settings) : hearth_value_empty_object (),
      NULL);
}
