/* hearth-expr-budget.c: steps and memory of an evaluation, and making values within them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* A step is made of ticks, so that many small looks add up as well. */
#define TICKS_PER_STEP 1024
#define TICKS_PER_BYTE 1
#define TICKS_PER_ELEMENT 32
/* Of what a whole value measures: an element is HEARTH_EXPR_ELEMENT_SIZE. */
#define TICKS_PER_MEASURE 2
#define MAX_TICKS ((guint64) HEARTH_EXPR_MAX_STEPS * TICKS_PER_STEP)

gpointer
_hearth_expr_fail (HearthExprEvaluation *self,
                   HearthExprError       code,
                   const char           *format,
                   ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  if (self->error != NULL)
    return NULL;
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return _hearth_expr_fail_at (self->expr->text, self->offset, code, sentence, &self->error);
}

/* --- steps and memory ------------------------------------------------------------ */

static gboolean
take_ticks (HearthExprEvaluation *self,
            guint64               n_ticks)
{
  if (n_ticks <= MAX_TICKS - self->ticks)
    {
      self->ticks += n_ticks;
      return TRUE;
    }
  self->ticks = MAX_TICKS;
  _hearth_expr_fail (self, HEARTH_EXPR_ERROR_LIMIT,
                     _("This takes more than %d steps. Work on less data, or in several nodes."), HEARTH_EXPR_MAX_STEPS);
  return FALSE;
}

gboolean
_hearth_expr_take_step (HearthExprEvaluation *self)
{
  return take_ticks (self, TICKS_PER_STEP);
}

gboolean
_hearth_expr_take_memory (HearthExprEvaluation *self,
                          gsize                 n_bytes)
{
  if (n_bytes <= HEARTH_EXPR_MAX_MEMORY - self->memory)
    {
      self->memory += n_bytes;
      return TRUE;
    }
  self->memory = HEARTH_EXPR_MAX_MEMORY;
  _hearth_expr_fail (self, HEARTH_EXPR_ERROR_LIMIT,
                     _("This makes more than %d MiB of text and lists. Work on less data, or in several nodes."),
                     HEARTH_EXPR_MAX_MEMORY / (1024 * 1024));
  return FALSE;
}

gboolean
_hearth_expr_take_bytes (HearthExprEvaluation *self,
                         gsize                 n_bytes)
{
  return take_ticks (self, (guint64) n_bytes * TICKS_PER_BYTE);
}

gboolean
_hearth_expr_take_elements (HearthExprEvaluation *self,
                            gsize                 n_elements)
{
  return take_ticks (self, (guint64) n_elements * TICKS_PER_ELEMENT);
}

/* --- whole values ------------------------------------------------------------------- */

/* Memory is shared, so a small expression can make a value that is endless when written down.
 * measure() adds up what it is then and stops beyond a limit. A level is a container whose children
 * up to @next have been added. */
typedef struct
{
  HearthValue *container;
  gsize next;
} Level;

static HearthValue *
get_child (const Level *level)
{
  return hearth_value_is (level->container, ARRAY) ? hearth_value_at (level->container, level->next)
                                                   : hearth_value_member_at (level->container, level->next);
}

static gsize
get_own_size (HearthValue *value)
{
  gsize length = 0;

  if (hearth_value_is (value, STRING) || hearth_value_is (value, BIG_NUMBER))
    hearth_value_get_string (value, &length);
  else if (hearth_value_is (value, OBJECT))
    for (gsize i = 0; i < hearth_value_get_length (value); i++)
      length += HEARTH_EXPR_MEMBER_SIZE - HEARTH_EXPR_ELEMENT_SIZE + strlen (hearth_value_key_at (value, i));
  return HEARTH_EXPR_ELEMENT_SIZE + length;
}

/* The innermost container with children left; NULL when all are done. */
static Level *
get_open_level (GArray *levels)
{
  while (levels->len > 0)
    {
      Level *level = &g_array_index (levels, Level, levels->len - 1);

      if (level->next < hearth_value_get_length (level->container))
        return level;
      g_array_set_size (levels, levels->len - 1);
    }
  return NULL;
}

static gsize
measure (HearthValue *value,
         gsize        limit)
{
  g_autoptr (GArray) levels = NULL;
  gsize size = get_own_size (value);
  Level *level;

  if (hearth_value_get_length (value) == 0)
    return size;
  levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_append_vals (levels, &(Level) { value, 0 }, 1);
  while (size <= limit && (level = get_open_level (levels)) != NULL)
    {
      value = get_child (level);
      level->next++;
      size += get_own_size (value);
      if (hearth_value_get_length (value) > 0)
        g_array_append_vals (levels, &(Level) { value, 0 }, 1);
    }
  return size;
}

gboolean
_hearth_expr_take_walk (HearthExprEvaluation *self,
                        HearthValue          *value)
{
  gsize left = (gsize) ((MAX_TICKS - self->ticks) / TICKS_PER_MEASURE);

  return take_ticks (self, (guint64) measure (value, left) * TICKS_PER_MEASURE);
}

gboolean
_hearth_expr_check_result (HearthExprEvaluation *self,
                           HearthValue          *value)
{
  /* What was there before may have any size. */
  if (self->memory == 0 || measure (value, HEARTH_EXPR_MAX_MEMORY) <= HEARTH_EXPR_MAX_MEMORY)
    return TRUE;
  _hearth_expr_fail (self, HEARTH_EXPR_ERROR_LIMIT, _("The result is larger than %d MiB. Work on less data."),
                     HEARTH_EXPR_MAX_MEMORY / (1024 * 1024));
  return FALSE;
}

/* --- making --------------------------------------------------------------------------- */

HearthValue *
_hearth_expr_new_text (HearthExprEvaluation *self,
                       const char           *text,
                       gsize                 length)
{
  if (!_hearth_expr_take_memory (self, HEARTH_EXPR_TEXT_SIZE + length) || !_hearth_expr_take_bytes (self, length))
    return NULL;
  return hearth_value_string_len (text, length);
}

HearthValue *
_hearth_expr_new_list (HearthExprEvaluation *self,
                       HearthValue *const   *elements,
                       gsize                 n_elements)
{
  if (!_hearth_expr_take_memory (self, HEARTH_EXPR_ELEMENT_SIZE * (n_elements + 1)) ||
      !_hearth_expr_take_elements (self, n_elements))
    return NULL;
  return hearth_value_array (elements, n_elements);
}

HearthValue *
_hearth_expr_new_double (HearthExprEvaluation *self,
                         double                number)
{
  if (isfinite (number))
    return hearth_value_double (number);
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_VALUE, _("The result is too large for a number."));
}

gboolean
_hearth_expr_append (HearthExprEvaluation *self,
                     GString              *out,
                     const char           *text,
                     gsize                 length)
{
  if (!_hearth_expr_take_memory (self, length) || !_hearth_expr_take_bytes (self, length))
    return FALSE;
  g_string_append_len (out, text, (gssize) length);
  return TRUE;
}
