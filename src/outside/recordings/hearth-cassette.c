/* hearth-cassette.c: a recording that is played back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-command.h"
#include "hearth-json.h"
#include "hearth-program-private.h"

#include "hearth-i18n.h"

#define MAX_DIFFERENCES 3 /* that a message names */

struct _HearthCassette
{
  HearthValue *head;
  HearthValue *prepared; /* or NULL */
  GPtrArray *lines;   /* of HearthValue, in the order the calls began */
  GHashTable *by_hash; /* hash -> GQueue of the lines not played yet */
};

static void
queue_free (gpointer queue)
{
  g_queue_free (queue);
}

void
_hearth_cassette_free (HearthCassette *self)
{
  g_hash_table_unref (self->by_hash);
  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->head, hearth_value_unref);
  g_clear_pointer (&self->prepared, hearth_value_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthCassette, _hearth_cassette_free)

/* --- reading ------------------------------------------------------------------------------------- */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = hearth_value_get_member_integer (*(HearthValue *const *) a, "number", 0);
  gint64 right = hearth_value_get_member_integer (*(HearthValue *const *) b, "number", 0);

  return left < right ? -1 : left > right;
}

static gboolean
fail (const char *path,
      guint       number,
      const char *why,
      GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is no recording: line %u: %s Record the run anew, or choose another file."), path, number, why);
  return FALSE;
}

static gboolean
is_program (HearthValue *request)
{
  return hearth_value_get (request, "program") != NULL;
}

/* Why @value, a line of a call, cannot be played; NULL: it can. */
static const char *
find_damage (HearthValue *value)
{
  HearthValue *request = hearth_value_get_member_kind (value, "request", HEARTH_VALUE_OBJECT);
  g_autoptr (GArray) lines = NULL;

  if (request == NULL)
    return _("there is no request in it.");
  if (!is_program (request))
    return NULL;
  lines = _hearth_program_take_read (value);
  return lines == NULL ? _("“lines” is no list of [milliseconds, \"in\" or \"out\", text].") : NULL;
}

static gboolean
read_line (HearthCassette *self,
           const char     *path,
           const char     *line,
           GError        **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse (line, -1, &problem);
  guint number = self->lines->len + (self->head != NULL) + (self->prepared != NULL) + 1;
  HearthValue *prepared
      = value != NULL && self->head != NULL ? hearth_value_get_member_kind (value, "prepared", HEARTH_VALUE_OBJECT) : NULL;
  const char *damage = value != NULL && self->head != NULL && prepared == NULL ? find_damage (value) : NULL;

  if (value == NULL)
    return fail (path, number, problem->message, error);
  if (self->head == NULL && hearth_value_get_member_integer (value, "hearthCassette", 0) != HEARTH_CASSETTE_VERSION)
    return fail (path, number, _("it does not say {\"hearthCassette\": 1}."), error);
  if (self->head == NULL)
    self->head = g_steal_pointer (&value);
  else if (prepared != NULL && self->prepared == NULL)
    self->prepared = hearth_value_ref (prepared);
  else if (damage != NULL)
    return fail (path, number, damage, error);
  else
    g_ptr_array_add (self->lines, g_steal_pointer (&value));
  return TRUE;
}

/* By what the request is, not by the hash beside it: a recording may be mended by hand. */
static void
make_index (HearthCassette *self)
{
  g_ptr_array_sort (self->lines, compare_numbers);
  for (guint i = 0; i < self->lines->len; i++)
    {
      char *hash = _hearth_description_hash (hearth_value_get (self->lines->pdata[i], "request"));
      GQueue *queue = g_hash_table_lookup (self->by_hash, hash);

      if (queue == NULL)
        g_hash_table_insert (self->by_hash, g_strdup (hash), queue = g_queue_new ());
      g_queue_push_tail (queue, self->lines->pdata[i]);
      g_free (hash);
    }
}

HearthCassette *
_hearth_cassette_load (const char *path,
                       GError    **error)
{
  g_autoptr (HearthCassette) self = g_new0 (HearthCassette, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  self->by_hash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !read_line (self, path, lines[i], error))
      return NULL;
  if (self->head == NULL)
    {
      fail (path, 1, _("it is empty."), error);
      return NULL;
    }
  make_index (self);
  return g_steal_pointer (&self);
}

HearthValue *
_hearth_cassette_get_head (HearthCassette *self)
{
  return self->head;
}

HearthValue *
_hearth_cassette_get_prepared (HearthCassette *self)
{
  return self->prepared;
}

guint
_hearth_cassette_get_n_calls (HearthCassette *self)
{
  return self->lines->len;
}

void
_hearth_cassette_forget_calls (HearthCassette *self)
{
  g_hash_table_remove_all (self->by_hash);
  g_ptr_array_set_size (self->lines, 0);
}

/* --- playing ------------------------------------------------------------------------------------- */

static void
set_missing (GError    **error,
             const char *what,
             const char *why)
{
  g_set_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_NOT_RECORDED,
               /* Translators: a call such as “POST http://…”, and the reason */
               _("The recording has no answer to “%s”. Undo what was changed, or record the run anew. %s"), what, why);
}

/* How far two calls are from each other: another place, verb or program weighs more than any body. */
static guint
get_distance (HearthValue *recorded,
              HearthValue *asked,
              guint        n_differences)
{
  static const char *const heavy[] = { "uri", "method", "program" };

  for (guint i = 0; i < G_N_ELEMENTS (heavy); i++)
    if (!hearth_value_equal (hearth_value_get (recorded, heavy[i]), hearth_value_get (asked, heavy[i])))
      n_differences += 1000;
  return n_differences;
}

static char *
describe_nearest (HearthCassette *self,
                  HearthValue    *asked)
{
  g_autofree char *nearest = NULL;
  gint64 number = 0;
  guint least = G_MAXUINT;

  for (guint i = 0; i < self->lines->len; i++)
    {
      HearthValue *recorded = hearth_value_get (self->lines->pdata[i], "request");
      guint n;
      g_autofree char *said = _hearth_description_compare (recorded, asked, MAX_DIFFERENCES, &n);
      guint distance = get_distance (recorded, asked, n);

      if (distance >= least || is_program (recorded) != is_program (asked))
        continue;
      least = distance;
      number = hearth_value_get_member_integer (self->lines->pdata[i], "number", 0);
      g_free (nearest);
      nearest = g_steal_pointer (&said);
    }
  if (nearest == NULL)
    return g_strdup (_("There is no such call in it at all."));
  /* Translators: the number of a recorded call, and how it differs */
  return g_strdup_printf (_("The nearest is call %u: %s."), (guint) number, nearest);
}

/* "POST http://…", or a command line. */
static char *
dup_name (HearthValue *asked)
{
  HearthValue *command = hearth_value_get_member_kind (hearth_value_get (asked, "program"), "command", HEARTH_VALUE_ARRAY);

  if (command != NULL)
    return hearth_command_to_line (command);
  return g_strconcat (hearth_value_get_member_string (asked, "method", ""), " ", hearth_value_get_member_string (asked, "uri", ""),
                      NULL);
}

HearthValue *
_hearth_cassette_take (HearthCassette *self,
                       HearthValue    *asked,
                       GError        **error)
{
  g_autofree char *hash = _hearth_description_hash (asked);
  g_autofree char *name = dup_name (asked);
  GQueue *queue = g_hash_table_lookup (self->by_hash, hash);
  HearthValue *recorded = queue != NULL ? g_queue_pop_head (queue) : NULL;

  if (recorded != NULL)
    return recorded;
  if (queue != NULL)
    set_missing (error, name, _("It was asked more often than in the recording."));
  else
    {
      g_autofree char *nearest = describe_nearest (self, asked);

      set_missing (error, name, nearest);
    }
  return NULL;
}
