/* edits.h: a graph and one edit of it, which is taken back in the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"
#include "test-types.h"

typedef struct
{
  HearthGraph *graph;
  HearthEdit  *edit;
  char        *original;
  guint        batches;
} Fixture;

static inline void
changed_cb (HearthGraph *graph,
            GPtrArray   *changes,
            Fixture     *f)
{
  g_assert_cmpuint (changes->len, >, 0);
  f->batches++;
}

static inline void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->graph = g_str_has_suffix (data, ".json") ? test_graph_read (data) : test_graph_new (data);
  f->original = test_print (f->graph);
  f->edit = hearth_edit_new (f->graph, "Test");
  g_signal_connect (f->graph, "changed", G_CALLBACK (changed_cb), f);
}

/* Whatever a test did, taking it back gives the workflow it began with, to the letter. */
static inline void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *reverted = NULL;

  hearth_edit_revert (f->edit);
  reverted = test_print (f->graph);
  g_assert_cmpstr (reverted, ==, f->original);
  g_free (f->original);
  g_object_unref (f->graph);
}

static inline void
assert_stored (Fixture    *f,
               const char *id,
               const char *expected)
{
  HearthNode *node = hearth_graph_get_node (f->graph, id);
  g_autofree char *text = NULL;

  g_assert_nonnull (node);
  text = hearth_json_print (node->stored);
  g_assert_cmpstr (text, ==, expected);
}

static inline void
assert_property (Fixture    *f,
                 const char *key,
                 const char *expected)
{
  HearthValue *value = hearth_graph_get_property (f->graph, key);
  g_autofree char *text = value != NULL ? hearth_json_print (value) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* "a.result>t.text_inputs__0 …", in the order of the graph. */
static inline void
assert_edges (Fixture    *f,
              const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hearth_graph_get_n_edges (f->graph); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (f->graph, i);

      g_string_append_printf (text, "%s%s.%s>%s.%s", i > 0 ? " " : "", edge->source, edge->source_handle,
                              edge->target, edge->target_handle);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static inline HearthEdge *
connect_slots (Fixture    *f,
               const char *source,
               const char *output,
               const char *target,
               const char *input,
               int         index)
{
  g_autoptr (GError) error = NULL;
  HearthEdge *edge = hearth_edit_connect (f->edit, source, output, target, input, index, &error);

  g_assert_no_error (error);
  g_assert_nonnull (edge);
  return edge;
}

#define PLAIN                                                                                                        \
  "{\"nodes\":[{\"id\":\"m\",\"type\":\"core:MathOperation\"},"                                                     \
  "{\"id\":\"n\",\"type\":\"core:MathOperation\",\"configValues\":{\"operationMode\":\"sqrt\"}},"                   \
  "{\"id\":\"o\",\"type\":\"core:MathOperation\",\"displayName\":\"Last\"},"                                        \
  "{\"id\":\"t\",\"type\":\"core:TextMerge\"},{\"id\":\"v\",\"type\":\"test:Various\"},"                            \
  "{\"id\":\"v2\",\"type\":\"test:Various\"}],\"edges\":[]}"

static inline void
add_test (const char *path,
          const char *workflow,
          void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, workflow, set_up, test, tear_down);
}
