/* hearth-pack-http.c: a pack's node that asks a service over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-json.h"
#include "io/http-step.h"

#include "hearth-i18n.h"

/* What the expressions see: status, headers, text, and body, which is the JSON or else the text. */
static HearthValue *
make_variables (guint        status,
                HearthValue *headers,
                const char  *text)
{
  HearthValue *body = hearth_json_parse (text, -1, NULL);

  return hearth_value_object ("status", hearth_value_integer (status), "headers", hearth_value_ref (headers), "text",
                              hearth_value_string (text), "body", body != NULL ? body : hearth_value_string (text), NULL);
}

static void
set_outputs (HearthStep  *step,
             HearthValue *variables)
{
  GHashTableIter iter;
  gpointer key, expression;

  g_hash_table_iter_init (&iter, hearth_pack_node_of (step)->expressions);
  while (g_hash_table_iter_next (&iter, &key, &expression))
    {
      g_autoptr (GError) error = NULL;
      HearthValue *value = hearth_expr_evaluate (expression, variables, &error);

      if (value == NULL)
        {
          hearth_step_fail (step, g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                               /* Translators: an output's key, an expression, what is wrong */
                                               _("The answer does not fit the output “%s” (%s): %s"), (const char *) key,
                                               hearth_expr_get_text (expression), error->message));
          return;
        }
      hearth_step_set_output (step, key, value);
    }
  hearth_step_complete (step);
}

static void
answered_cb (HearthStep  *step,
             guint        status,
             HearthValue *headers,
             const char  *text)
{
  g_autoptr (HearthValue) variables = NULL;

  if (status >= 300)
    {
      hearth_http_step_refuse (step, status, headers, text);
      return;
    }
  variables = make_variables (status, headers, text);
  set_outputs (step, variables);
}

/* --- asking --------------------------------------------------------------------------------------- */

/* What a definition and the step's inputs make. */
typedef struct
{
  HearthOutsideRequest request;
  char *uri;
  HearthValue *headers;
  GBytes *body;
} Asked;

static void
asked_clear (Asked *self)
{
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static HearthValue *
expand_headers (HearthValue *headers,
                HearthValue *world,
                GError     **error)
{
  g_auto (HearthBuilder) expanded = HEARTH_BUILDER_INIT;

  for (gsize i = 0; headers != NULL && i < hearth_value_get_length (headers); i++)
    {
      const char *text = hearth_value_get_string (hearth_value_member_at (headers, i), NULL);
      g_autofree char *value = _hearth_pack_template_expand (text, HEARTH_PACK_PLAIN, world, error);

      if (value == NULL)
        return NULL;
      if (strpbrk (value, "\r\n") != NULL)
        {
          _hearth_pack_fail (error, _("The value of a header cannot hold a line break."));
          return NULL;
        }
      hearth_builder_add_string (&expanded, hearth_value_key_at (headers, i), value);
    }
  return hearth_builder_end_object (&expanded);
}

static gboolean
expand_body (Asked       *self,
             HearthValue *body,
             HearthValue *world,
             GError     **error)
{
  g_autoptr (HearthValue) value = NULL;
  GString *text;

  if (body == NULL)
    return TRUE;
  value = _hearth_pack_value_expand (body, world, error);
  if (value == NULL)
    return FALSE;
  text = g_string_new (NULL);
  hearth_json_append (text, value);
  self->body = g_string_free_to_bytes (text);
  return TRUE;
}

static gboolean
prepare (Asked      *self,
         HearthStep *step,
         GError    **error)
{
  HearthValue *behavior = hearth_pack_node_of (step)->behavior;
  g_autoptr (HearthValue) world = _hearth_pack_dup_world (step);

  self->uri = _hearth_pack_template_expand (hearth_value_get_member_string (behavior, "url", ""), HEARTH_PACK_URL, world, error);
  if (self->uri == NULL || !expand_body (self, hearth_value_get (behavior, "body"), world, error))
    return FALSE;
  self->headers = expand_headers (hearth_value_get (behavior, "headers"), world, error);
  if (self->headers == NULL)
    return FALSE;
  self->request = (HearthOutsideRequest) {
    .method = hearth_value_get_member_string (behavior, "method", "GET"), .uri = self->uri, .headers = self->headers,
    .body = self->body, .content_type = "application/json", .max_bytes = HEARTH_PACK_MAX_OUTPUT,
  };
  return TRUE;
}

void
_hearth_pack_http_start (HearthStep *step)
{
  HearthPackNode *node = hearth_pack_node_of (step);
  g_auto (Asked) asked = { 0 };
  GError *error = NULL;

  if (!prepare (&asked, step, &error))
    hearth_step_fail (step, error);
  else
    hearth_http_step_send (step, &asked.request, node->pack->name, _hearth_pack_get_timeout (node->behavior) * 1000, answered_cb);
}
