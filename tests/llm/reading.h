/* reading.h: a provider, and an answer that it fills
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

#include <string.h>

#include "deltas.h"
#include "parse.h"

typedef struct
{
  const HearthProvider *provider;
  GString *heard;
  HearthAnswer *answer;
  GError *error;
} Fixture;

/* @provider_id: of the provider */
static inline void
set_up (Fixture      *f,
        gconstpointer provider_id)
{
  f->provider = hearth_providers_lookup (provider_id);
  g_assert_nonnull (f->provider);
  f->heard = g_string_new (NULL);
  f->answer = hearth_answer_new (heard_delta_cb, f->heard);
}

static inline void
tear_down (Fixture      *f,
           gconstpointer provider_id)
{
  g_clear_pointer (&f->answer, hearth_answer_free);
  g_string_free (f->heard, TRUE);
  g_clear_error (&f->error);
}

static inline void
renew (Fixture *f)
{
  const char *id = f->provider->id;

  tear_down (f, id);
  set_up (f, id);
}

static inline void
assert_value (HearthValue *value,
              const char  *expected)
{
  g_autofree char *text = value != NULL ? hearth_json_print (value) : g_strdup ("undefined");
  g_autoptr (HearthValue) wanted = parse (expected);

  if (!hearth_value_equal (value, wanted))
    g_error ("expected %s, got %s", expected, text);
}

typedef struct
{
  const char *path;
  void (*run) (Fixture      *f,
               gconstpointer provider_id);
} FixtureTest;

static inline void
add_tests (const FixtureTest *tests,
           gsize              n_tests,
           const char        *provider_id)
{
  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, Fixture, provider_id, set_up, tests[i].run, tear_down);
}
