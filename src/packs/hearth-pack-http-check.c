/* hearth-pack-http-check.c: is what a definition says of its HTTP call usable?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <string.h>

#include "hearth-outside.h"

#include "hearth-i18n.h"

static gboolean
check_method (HearthValue *behavior,
              GError     **error)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

  if (g_strv_contains (methods, hearth_value_get_member_string (behavior, "method", "GET")))
    return TRUE;
  return _hearth_pack_fail (error, _("“method” must be GET, POST, PUT, PATCH or DELETE."));
}

static gboolean
check_url (HearthValue *behavior,
           GError     **error)
{
  const char *url = hearth_value_get_member_string (behavior, "url", NULL);

  if (url != NULL && (g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://")
                      || g_str_has_prefix (url, "{settings.")))
    return _hearth_pack_template_check (url, error);
  return _hearth_pack_fail (error, _("“url” must begin with http://, https:// or a setting, as {settings.url}."));
}

/* Those of the connection are the library's business; ours says whose request it is. */
static gboolean
is_header (const char *name)
{
  static const char *const kept[] = { "connection", "content-length", "host", "transfer-encoding", "upgrade", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return *name != '\0' && !g_strv_contains (kept, lower) && g_ascii_strcasecmp (name, HEARTH_OUTSIDE_HEADER) != 0
         && lower[strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-_.")] == '\0';
}

static gboolean
check_headers (HearthValue *behavior,
               GError     **error)
{
  HearthValue *headers = hearth_value_get (behavior, "headers");

  if (headers == NULL)
    return TRUE;
  if (!hearth_value_is (headers, OBJECT))
    return _hearth_pack_fail (error, _("“headers” must be an object of texts."));
  for (gsize i = 0; i < hearth_value_get_length (headers); i++)
    {
      HearthValue *value = hearth_value_member_at (headers, i);

      if (!hearth_value_is (value, STRING) || !is_header (hearth_value_key_at (headers, i)))
        return _hearth_pack_fail (error, _("“headers” has one that cannot be set here."));
      if (!_hearth_pack_template_check (hearth_value_get_string (value, NULL), error))
        return FALSE;
    }
  return TRUE;
}

/* Each output says where in the answer it comes from. */
static gboolean
read_expressions (HearthPackNode *node,
                  GError        **error)
{
  HearthValue *outputs = hearth_value_get (node->definition, "outputs");
  HearthValue *sources = hearth_value_get (node->behavior, "outputs");

  node->expressions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_expr_unref);
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    {
      const char *key = hearth_value_key_at (outputs, i);
      const char *text = hearth_value_get_member_string (sources, key, NULL);
      HearthExpr *expression = text != NULL ? hearth_expr_parse (text, error) : NULL;

      if (text == NULL)
        return _hearth_pack_fail (error, _("“outputs” of the call must have an expression for every output of the node, "
                                           "such as body.words[0]."));
      if (expression == NULL)
        {
          g_prefix_error (error, "%s: ", key);
          return FALSE;
        }
      g_hash_table_insert (node->expressions, (gpointer) key, expression);
    }
  return TRUE;
}

gboolean
_hearth_pack_http_check (HearthPackNode *node,
                         GError        **error)
{
  HearthValue *body = hearth_value_get (node->behavior, "body");

  if (node->stream != NULL)
    return _hearth_pack_fail (error, _("A node that asks over HTTP cannot have a stream."));
  return check_method (node->behavior, error) && check_url (node->behavior, error)
         && check_headers (node->behavior, error) && (body == NULL || _hearth_pack_value_check (body, error))
         && read_expressions (node, error);
}
