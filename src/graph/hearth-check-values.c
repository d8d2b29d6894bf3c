/* hearth-check-values.c: what is missing at a node's inputs, and what does not belong there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-check-private.h"
#include "hearth-secret.h"

#include "hearth-i18n.h"

#include <math.h>

/* --- missing ------------------------------------------------------------------------- */

static gboolean
is_connected (HearthGraph *graph,
              HearthNode  *node,
              HearthSlot  *slot)
{
  GPtrArray *edges = hearth_graph_get_edges_in (graph, node->id);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      gboolean here = g_str_equal (edge->target_handle, slot->key)
                      || (hearth_slot_is (slot, MULTI) && g_str_equal (edge->target_key, slot->key));

      if (here && hearth_graph_get_node (graph, edge->source) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The frontend leaves a list of nulls at a multi-input; it says nothing. */
static gboolean
says_nothing (HearthSlot  *slot,
              HearthValue *value)
{
  if (value == NULL)
    return TRUE;
  if (!hearth_slot_is (slot, MULTI) || !hearth_value_is (value, ARRAY))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      if (!hearth_value_is (hearth_value_at (value, i), NULL))
        return FALSE;
    }
  return TRUE;
}

/* Plain texts, numbers and switches count as empty, 0 and off (engine.md 3.3). */
static gboolean
has_zero (HearthSlot *slot)
{
  return !hearth_slot_is (slot, STREAM) && !hearth_slot_is (slot, MULTI) && slot->type <= HEARTH_DATA_BOOLEAN;
}

static void
check_required (Check      *self,
                HearthNode *node,
                HearthSlot *slot,
                gboolean    connected)
{
  if (!hearth_slot_is (slot, REQUIRED) || node->bypassed || connected || has_zero (slot)
      || slot->default_value != NULL || !says_nothing (slot, hearth_value_get (node->inputs, slot->key)))
    return;
  if (hearth_slot_is (slot, MULTI) || hearth_slot_is (slot, STREAM))
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_MISSING_INPUT, node, slot->key,
                       g_strdup_printf (_("input “%s” needs a connection."), slot->title));
  else
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_MISSING_INPUT, node, slot->key,
                       g_strdup_printf (_("input “%s” needs a value."), slot->title));
}

/* --- wrong --------------------------------------------------------------------------- */

static gboolean
is_whole (HearthValue *value)
{
  double number;

  if (!hearth_value_is_number (value))
    return FALSE;
  if (!hearth_value_is (value, DOUBLE))
    return TRUE;
  number = hearth_value_get_double (value);
  return floor (number) == number;
}

/* NULL when @value is of @type, else what is expected. */
static const char *
expected_instead (HearthSlot  *slot,
                  HearthValue *value)
{
  switch (slot->type)
    {
    case HEARTH_DATA_STRING:
      return hearth_value_is (value, STRING) ? NULL : _("a text");
    case HEARTH_DATA_INTEGER:
      return is_whole (value) ? NULL : _("a whole number");
    case HEARTH_DATA_FLOAT:
      return hearth_value_is_number (value) ? NULL : _("a number");
    case HEARTH_DATA_BOOLEAN:
      return hearth_value_is (value, BOOLEAN) ? NULL : _("yes or no");
    case HEARTH_DATA_OBJECT:
      /* Objects and lists may be given as JSON text (nodes.md 3.4). */
      return hearth_value_is (value, OBJECT) || hearth_value_is (value, STRING) ? NULL : _("an object");
    case HEARTH_DATA_ARRAY:
      return hearth_value_is (value, ARRAY) || hearth_value_is (value, STRING) ? NULL : _("a list");
    case HEARTH_DATA_BINARY:
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return NULL;
    }
}

static void
check_range (Check       *self,
             HearthNode  *node,
             HearthSlot  *slot,
             HearthValue *value)
{
  HearthValue *min = hearth_value_get (slot->config, "min");
  HearthValue *max = hearth_value_get (slot->config, "max");
  g_autofree char *given = NULL;
  g_autofree char *limit = NULL;
  gboolean below, above;

  if (!hearth_value_is_number (value))
    return;
  below = hearth_value_is_number (min) && hearth_value_get_double (value) < hearth_value_get_double (min);
  above = hearth_value_is_number (max) && hearth_value_get_double (value) > hearth_value_get_double (max);
  if (!below && !above)
    return;
  given = hearth_value_to_text (value);
  limit = hearth_value_to_text (below ? min : max);
  _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_WRONG_VALUE, node, slot->key,
                     g_strdup_printf (below ? _("“%s” is %s, below its smallest value %s.")
                                            : _("“%s” is %s, above its largest value %s."),
                                      slot->title, given, limit));
}

/* The frontend takes the whole {value, label} entry of a list of suggestions for its first value. */
static gboolean
is_suggestion (HearthSlot  *slot,
               HearthValue *value)
{
  return hearth_value_is (hearth_value_get (slot->config, "suggestions"), ARRAY)
         && hearth_value_get (value, "value") != NULL;
}

/* A value that is shown otherwise than it is. */
static void
check_key (Check       *self,
           HearthNode  *node,
           HearthSlot  *slot,
           HearthValue *value)
{
  g_autoptr (HearthValue) shown = NULL;

  if (!hearth_slot_is (slot, SECRET))
    return;
  shown = hearth_secret_hide_value (value);
  if (!hearth_value_equal (shown, value))
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_PLAIN_KEY, node, slot->key,
                       g_strdup_printf (_("“%s” holds a key, and everyone who gets this workflow gets it too. Move it to "
                                          "a channel, and leave this empty."), slot->title));
}

static void
check_value (Check       *self,
             HearthNode  *node,
             HearthSlot  *slot,
             HearthValue *value)
{
  const char *expected;

  if (value == NULL || hearth_value_is (value, NULL) || hearth_slot_is (slot, MULTI) || is_suggestion (slot, value))
    return;
  expected = expected_instead (slot, value);
  if (expected != NULL)
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_WRONG_VALUE, node, slot->key,
                       g_strdup_printf (_("“%s” should be %s."), slot->title, expected));
  else
    check_range (self, node, slot, value);
}

/* --- models --------------------------------------------------------------------------- */

static void
check_model (Check             *self,
             HearthNode        *node,
             HearthSlot        *slot,
             const char        *model,
             HearthProblemLevel level)
{
  HearthProblemCode code = HEARTH_PROBLEM_NO_CHANNEL;
  char *sentence = *model != '\0' ? self->models (model, &code, self->models_data) : NULL;

  if (sentence != NULL)
    _hearth_check_add (self, level, code, node, slot->key, sentence);
}

/* Names of models: a list, or a text with one on each line or between commas. */
static char **
dup_models (HearthValue *value)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (hearth_value_is (value, STRING))
    return g_strsplit_set (hearth_value_get_string (value, NULL), "\n,", -1);
  for (gsize i = 0; hearth_value_is (value, ARRAY) && i < hearth_value_get_length (value); i++)
    if (hearth_value_is (hearth_value_at (value, i), STRING))
      g_strv_builder_add (names, hearth_value_get_string (hearth_value_at (value, i), NULL));
  return g_strv_builder_end (names);
}

/* A node that compares models goes on with those that are there. */
static void
check_models (Check      *self,
              HearthNode *node,
              HearthSlot *slot)
{
  HearthValue *value = hearth_value_get (node->inputs, slot->key);
  g_auto (GStrv) models = NULL;
  HearthProblemLevel level;

  if (self->models == NULL || node->bypassed || g_strcmp0 (node->type->decl->model_input, slot->key) != 0)
    return;
  models = dup_models (value != NULL ? value : slot->default_value);
  level = g_strv_length (models) > 1 ? HEARTH_PROBLEM_WARNING : HEARTH_PROBLEM_ERROR;
  for (guint i = 0; models[i] != NULL; i++)
    check_model (self, node, slot, g_strstrip (models[i]), level);
}

static void
check_mode (Check      *self,
            HearthNode *node)
{
  HearthMode *mode = node->type != NULL ? hearth_node_type_get_mode (node->type, node->config) : NULL;
  const char *key = mode != NULL ? node->type->decl->mode_key : NULL;
  const char *stored = key != NULL ? hearth_value_get_member_string (node->config, key, mode->id) : NULL;

  if (stored == NULL || g_str_equal (stored, mode->id))
    return;
  _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_WRONG_VALUE, node, key,
                     g_strdup_printf (_("the mode “%s” is not known; “%s” is used."), stored, mode->title));
}

void
_hearth_check_values (Check      *self,
                      HearthNode *node)
{
  g_autoptr (GPtrArray) slots = NULL;

  if (node->type == NULL || g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT))
    return;
  slots = _hearth_graph_ref_slots (self->graph, node, FALSE);
  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      gboolean connected = is_connected (self->graph, node, slot);

      check_required (self, node, slot, connected);
      if (!connected)
        {
          check_value (self, node, slot, hearth_value_get (node->inputs, slot->key));
          check_models (self, node, slot);
          check_key (self, node, slot, hearth_value_get (node->inputs, slot->key));
        }
    }
  for (guint i = 0; i < node->type->config->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (node->type->config, i);

      check_value (self, node, slot, hearth_value_get (node->config, slot->key));
    }
  check_mode (self, node);
}
