/* hearth-arguments.c: what a request says, gathered from its address and its body and checked by its route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-request-private.h"

#include "hearth-secret.h"
#include "hearth-i18n.h"

typedef struct
{
  HearthBuilder out;
  GHashTable *seen; /* names, borrowed: the first that says something counts */
} Gathering;

static void
gathering_clear (Gathering *self)
{
  hearth_builder_clear (&self->out);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathering, gathering_clear)

static void
add (Gathering   *self,
     const char  *name,
     HearthValue *value)
{
  if (value != NULL && g_hash_table_add (self->seen, (gpointer) name))
    hearth_builder_add (&self->out, name, hearth_value_ref (value));
}

static void
add_path (Gathering  *self,
          GHashTable *params)
{
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autoptr (HearthValue) value = hearth_value_string (text);

      add (self, name, value);
    }
}

/* The members of @object that @fields name. */
static void
add_fields (Gathering             *self,
            HearthValue           *object,
            const HearthBodyField *fields)
{
  for (; fields->key != NULL; fields++)
    add (self, fields->key, hearth_value_get (object, fields->key));
}

static HearthValue *
read_query (HearthRequest         *request,
            const HearthBodyField *fields)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (; fields->key != NULL; fields++)
    {
      const char *text = hearth_request_get_query (request, fields->key);

      if (text != NULL && g_utf8_validate (text, -1, NULL))
        hearth_builder_add (&out, fields->key, hearth_body_read_query (fields, text));
    }
  return hearth_builder_end_object (&out);
}

/* "The request is not valid: “name” must not be empty." */
static void
refuse (HearthRequest *request,
        HearthValue   *details)
{
  HearthValue *reasons = hearth_value_member_at (details, 0);
  const char *reason = hearth_value_get_string (hearth_value_at (reasons, 0), NULL);
  g_autofree char *message = NULL;

  message = g_strdup_printf (_("The request is not valid. “%s”: %s."), hearth_value_key_at (details, 0), reason);
  hearth_request_reply_details (request, message, details);
}

/* @details is taken. */
static gboolean
passes (HearthRequest *request,
        HearthValue   *details)
{
  if (details != NULL)
    refuse (request, details);
  return details == NULL;
}

/* JSON has been checked where it was parsed. */
static HearthValue *
check_body (HearthRequest         *request,
            HearthValue           *body,
            const HearthBodyField *fields)
{
  return _hearth_request_is_checked (request) ? _hearth_request_steal_details (request) : hearth_body_check (body, fields);
}

/* Right away: a request that is refused held the key as well. */
static void
mark_secrets (HearthValue           *object,
              const HearthBodyField *fields)
{
  for (; fields->key != NULL; fields++)
    {
      HearthValue *value = fields->secret ? hearth_value_get (object, fields->key) : NULL;

      if (hearth_value_is (value, STRING))
        hearth_value_mark_secret (value);
    }
}

gboolean
hearth_request_collect (HearthRequest *self)
{
  const HearthRoute *route;
  g_auto (Gathering) gathering = { HEARTH_BUILDER_INIT, g_hash_table_new (g_str_hash, g_str_equal) };
  g_autoptr (HearthValue) query = NULL;
  g_autoptr (HearthValue) body = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  route = hearth_request_get_route (self);
  add_path (&gathering, _hearth_request_get_params (self));
  if (route->query != NULL)
    {
      query = read_query (self, route->query);
      if (!passes (self, hearth_body_check (query, route->query)))
        return FALSE;
      add_fields (&gathering, query, route->query);
    }
  if (route->fields != NULL)
    {
      body = hearth_request_get_body (self) != NULL ? hearth_value_ref (hearth_request_get_body (self))
                                                    : hearth_value_empty_object ();
      mark_secrets (body, route->fields);
      if (!passes (self, check_body (self, body, route->fields)))
        return FALSE;
      add_fields (&gathering, body, route->fields);
    }
  _hearth_request_take_arguments (self, hearth_builder_end_object (&gathering.out));
  return TRUE;
}
