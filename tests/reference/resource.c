/* resource.c: rules 66 and 67 of docs/scheduler.md: things that only so many nodes may use at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "resource.h"

#include "hearth-limiter.h"

#include <string.h>

typedef struct
{
  const char *name;
  int         cap;     /* 0: no limit; -1: what holds if nobody sets one */
  int         inside;
  GHashTable *tickets; /* HearthStep -> its number in line */
  guint       n_tickets;
  GArray     *entered; /* of tickets, in the order they got in */
} Resource;

static Resource resources[REF_N_RESOURCES] = {
  { .name = "ref-one", .cap = 1 },
  { .name = "ref-two", .cap = 2 },
  { .name = "ref-free", .cap = 0 },
  { .name = "ref-usual", .cap = -1 },
};
static char *wrong;

static Resource *
find (const char *name)
{
  for (guint i = 0; name && i < REF_N_RESOURCES; i++)
    if (strcmp (resources[i].name, name) == 0)
      return &resources[i];

  return NULL;
}

static int
get_cap (Resource *self)
{
  return self->cap < 0 ? 6 : self->cap > 0 ? self->cap : G_MAXINT;
}

static void
complain (Resource   *self,
          const char *text)
{
  if (wrong == NULL)
    wrong = g_strdup_printf ("resource %s: %s", self->name, text);
}

const char *
ref_resource_get_name (guint number)
{
  return resources[number].name;
}

void
ref_resources_open (void)
{
  for (guint i = 0; i < REF_N_RESOURCES; i++)
    {
      Resource *self = &resources[i];

      if (self->tickets == NULL)
        {
          self->tickets = g_hash_table_new (NULL, NULL);
          self->entered = g_array_new (FALSE, FALSE, sizeof (guint));
          if (self->cap >= 0)
            hearth_limiter_set_cap (self->name, self->cap);
        }
      g_hash_table_remove_all (self->tickets);
      g_array_set_size (self->entered, 0);
      self->n_tickets = 0;
      self->inside = 0;
    }
}

static Resource *
find_used (HearthStep *step)
{
  HearthValue *uses = hearth_step_get_config (step, "uses");

  return hearth_value_is (uses, STRING) ? find (hearth_value_get_string (uses, NULL)) : NULL;
}

char *
ref_resource_choose (HearthStep *step)
{
  Resource *self = find_used (step);

  if (self)
    g_hash_table_insert (self->tickets, step, GUINT_TO_POINTER (++self->n_tickets));
  return self ? g_strdup (self->name) : NULL;
}

const char *
ref_resource_enter (HearthStep *step)
{
  Resource *self = find_used (step);
  guint ticket = self ? GPOINTER_TO_UINT (g_hash_table_lookup (self->tickets, step)) : 0;

  if (ticket == 0)
    return NULL; /* of a kind that uses nothing */

  g_hash_table_remove (self->tickets, step);
  g_array_append_val (self->entered, ticket);
  if (++self->inside > get_cap (self))
    complain (self, "more users at a time than it has room for");
  return self->name;
}

void
ref_resource_leave (const char *name)
{
  find (name)->inside--;
}

gboolean
ref_resource_has_room (const char *name)
{
  Resource *self = find (name);

  return self && self->inside < get_cap (self);
}

void
ref_resources_look (char **complaint)
{
  for (guint i = 0; i < REF_N_RESOURCES; i++)
    if ((int) hearth_limiter_get_in_use (resources[i].name) != resources[i].inside)
      complain (&resources[i], "somebody has a place and does not use it");
  if (*complaint == NULL)
    *complaint = g_steal_pointer (&wrong);
}

/* Those who came before and got in later had a place already, but not yet their turn. */
static void
check_order (Resource *self)
{
  for (guint i = 0; i < self->entered->len; i++)
    {
      int n_overtaken = 0;

      for (guint j = i + 1; j < self->entered->len; j++)
        n_overtaken += g_array_index (self->entered, guint, j) < g_array_index (self->entered, guint, i);
      if (n_overtaken >= get_cap (self))
        complain (self, "somebody got in before those who came first");
    }
}

void
ref_resources_close (char **complaint)
{
  for (guint i = 0; i < REF_N_RESOURCES; i++)
    {
      check_order (&resources[i]);
      if (resources[i].inside != 0)
        complain (&resources[i], "somebody never left");
    }
  ref_resources_look (complaint);
  g_clear_pointer (&wrong, g_free);
}
