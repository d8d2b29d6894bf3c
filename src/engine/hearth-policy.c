/* hearth-policy.c: what happens to a node that fails or takes too long, as the user set it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-policy.h"

#include "hearth-i18n.h"

#include <math.h>

#define MAX_RETRIES 100
#define MAX_DELAY_MS (60 * 60 * 1000)
#define MAX_TIMEOUT_MS (24 * 60 * 60 * 1000)
#define MAX_FACTOR 10

static gboolean
refuse (GError    **error,
        const char *field,
        const char *wanted)
{
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("The node cannot run: “%s” in what is to happen on failure must be %s. Correct it in the node's settings."),
               field, wanted);
  return FALSE;
}

static gboolean
read_number (HearthValue *object,
             const char  *key,
             double       min,
             double       max,
             double      *number,
             GError     **error)
{
  HearthValue *value = hearth_value_get (object, key);

  if (value == NULL)
    return TRUE;
  if (!hearth_value_is_number (value))
    return refuse (error, key, _("a number"));

  *number = CLAMP (hearth_value_get_double (value), min, max);
  return TRUE;
}

static gboolean
read_count (HearthValue *object,
            const char  *key,
            guint        max,
            guint       *count,
            GError     **error)
{
  double number = *count;

  if (!read_number (object, key, 0, max, &number, error))
    return FALSE;

  *count = number;
  return TRUE;
}

static gboolean
read_classes (HearthPolicy *self,
              HearthValue  *list,
              GError      **error)
{
  g_autoptr (GStrvBuilder) classes = g_strv_builder_new ();

  if (list == NULL)
    return TRUE;
  if (!hearth_value_is (list, ARRAY))
    return refuse (error, "on", _("a list of kinds of errors"));
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      if (!hearth_value_is (hearth_value_at (list, i), STRING))
        return refuse (error, "on", _("a list of kinds of errors"));
      g_strv_builder_add (classes, hearth_value_get_string (hearth_value_at (list, i), NULL));
    }

  self->on = g_strv_builder_end (classes);
  return TRUE;
}

static gboolean
read_retry (HearthPolicy *self,
            HearthValue  *retry,
            GError      **error)
{
  if (retry == NULL)
    return TRUE;
  if (!hearth_value_is (retry, OBJECT))
    return refuse (error, "retry", _("an object"));

  self->retries = 3;
  return read_count (retry, "count", MAX_RETRIES, &self->retries, error)
         && read_count (retry, "delayMs", MAX_DELAY_MS, &self->delay_ms, error)
         && read_number (retry, "factor", 1, MAX_FACTOR, &self->factor, error)
         && read_count (retry, "maxDelayMs", MAX_DELAY_MS, &self->max_delay_ms, error)
         && read_number (retry, "jitter", 0, 1, &self->jitter, error)
         && read_classes (self, hearth_value_get (retry, "on"), error);
}

static gboolean
read_on_failure (HearthPolicy *self,
                 HearthValue  *config,
                 GError      **error)
{
  HearthValue *value = hearth_value_get (config, "onFailure");
  const char *name = hearth_value_get_member_string (config, "onFailure", "stop");

  if ((value && !hearth_value_is (value, STRING))
      || !g_strv_contains ((const char *const[]){ "stop", "value", "input", NULL }, name))
    return refuse (error, "onFailure", _("“stop”, “value” or “input”"));

  self->on_failure = *name == 'v' ? HEARTH_ON_FAILURE_VALUE : *name == 'i' ? HEARTH_ON_FAILURE_INPUT : HEARTH_ON_FAILURE_STOP;
  value = hearth_value_get (config, "value");
  if (value && !hearth_value_is (value, OBJECT))
    return refuse (error, "value", _("an object with a value per output"));

  self->value = hearth_value_ref_or_null (value);
  return TRUE;
}

HearthPolicy *
hearth_policy_new_from_config (HearthValue *config,
                               GError     **error)
{
  HearthValue *value = config ? hearth_value_get (config, HEARTH_POLICY_KEY) : NULL;
  g_autoptr (HearthPolicy) self = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (value == NULL || hearth_value_is (value, NULL))
    return NULL;
  if (!hearth_value_is (value, OBJECT))
    {
      refuse (error, HEARTH_POLICY_KEY, _("an object"));
      return NULL;
    }

  self = g_new0 (HearthPolicy, 1);
  self->delay_ms = 500;
  self->factor = 2;
  self->max_delay_ms = 30000;
  self->jitter = 0.2;
  if (!read_retry (self, hearth_value_get (value, "retry"), error)
      || !read_count (value, "timeoutMs", MAX_TIMEOUT_MS, &self->timeout_ms, error)
      || !read_on_failure (self, value, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
hearth_policy_free (HearthPolicy *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->on);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_free (self);
}

guint
hearth_policy_get_delay (HearthPolicy *self,
                         guint         retry,
                         guint         retry_after_ms,
                         double        random)
{
  double delay;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (retry > 0, 0);

  delay = MIN (self->delay_ms * pow (self->factor, retry - 1), self->max_delay_ms);
  delay -= delay * self->jitter * CLAMP (random, 0, 1);
  return MAX ((guint) (delay + 0.5), MIN (retry_after_ms, self->max_delay_ms));
}
