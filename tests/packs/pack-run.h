/* pack-run.h: runs one node of a pack that a test has written down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "await.h"
#include "hearth-json.h"
#include "hearth-outside.h"
#include "hearth-pack.h"
#include "hearth-run.h"
#include "nodes.h"
#include "temporary.h"

typedef struct
{
  Temporary base;     /* the pack's folder */
  char *settings;     /* JSON, or NULL */
  gboolean programs;  /* what the user has allowed */
  gboolean network;
  gboolean asks_network;

  HearthOutside *outside;
  HearthRun *run;
  GString *chunks;    /* texts of chunks, joined; others as JSON */
  GString *log;
  char *outputs;      /* JSON of what the node "n" has completed with, or NULL */
  char *failure;      /* its sentence, or NULL */
  gboolean ended;
} PackRun;

static inline void
pack_run_set_up (PackRun      *self,
                 gconstpointer data)
{
  temporary_set_up (&self->base, data);
  /* A test that root runs has its programs run by nobody, who must see it. */
  g_chmod (self->base.path, 0755);
  self->chunks = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->programs = TRUE;
  self->outside = hearth_outside_new ();
}

static inline void
pack_run_clear (PackRun *self)
{
  g_string_truncate (self->chunks, 0);
  g_string_truncate (self->log, 0);
  g_clear_pointer (&self->outputs, g_free);
  g_clear_pointer (&self->failure, g_free);
  if (self->run != NULL)
    g_assert_finalize_object (self->run);
  self->run = NULL;
  self->ended = FALSE;
}

static inline void
pack_run_tear_down (PackRun      *self,
                    gconstpointer data)
{
  pack_run_clear (self);
  await_idle ();
  g_assert_finalize_object (self->outside);
  g_string_free (self->chunks, TRUE);
  g_string_free (self->log, TRUE);
  temporary_tear_down (&self->base, data);
}

#define PACK_TEST(name, function) g_test_add (name, PackRun, NULL, pack_run_set_up, function, pack_run_tear_down)

static inline HearthValue *
pack_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value = hearth_json_parse (text, -1, &error);

  if (value == NULL)
    g_error ("%s: %s", text, error->message);
  return value;
}

/* A pack as the store describes it. @workflow: JSON, or NULL. */
static inline HearthValue *
pack_describe (PackRun    *self,
               const char *definition,
               const char *workflow)
{
  g_autofree char *workflow_member = workflow != NULL ? g_strconcat (",\"workflow\":", workflow, NULL) : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      "{\"name\":\"t\",\"directory\":\"t\",\"folder\":\"%s\",\"enabled\":true,\"settings\":%s,\"allowPrograms\":%s,"
      "\"allowNetwork\":%s,\"manifest\":{\"permissions\":{\"network\":%s}},\"nodes\":[{\"file\":\"n.json\","
      "\"definition\":%s%s}]}",
      self->base.path, self->settings != NULL ? self->settings : "{}", self->programs ? "true" : "false",
      self->network ? "true" : "false", self->asks_network ? "true" : "false", definition, workflow_member);

  return pack_parse (text);
}

/* Built-in nodes and the pack's. @problem: the sentence when the definition is not usable, else NULL. */
static inline HearthCatalog *
pack_catalog (PackRun    *self,
              const char *definition,
              const char *workflow,
              char      **problem)
{
  g_autoptr (HearthValue) plugin = pack_describe (self, definition, workflow);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  HearthCatalog *catalog = hearth_catalog_new ();
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  hearth_catalog_add_all (catalog, decls, n);
  hearth_pack_add_types (catalog, plugin, problems);
  *problem = problems->len > 0 ? g_strdup (g_ptr_array_index (problems, 0)) : NULL;
  return catalog;
}

static inline void
pack_observe_cb (const HearthRunEvent *event,
                 gpointer              user_data)
{
  PackRun *self = user_data;
  gboolean own = g_strcmp0 (event->node_id, "n") == 0;

  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    self->ended = TRUE;
  else if (event->kind == HEARTH_EVENT_LOG && own)
    g_string_append_printf (self->log, "%s;", event->message);
  else if (event->kind == HEARTH_EVENT_NODE_COMPLETE && own)
    self->outputs = hearth_json_print (event->value);
  else if (event->kind == HEARTH_EVENT_NODE_ERROR && own)
    self->failure = g_strdup (event->message);
  else if (event->kind == HEARTH_EVENT_NODE_YIELD && own && hearth_value_get (event->value, "content") != NULL
           && !event->last)
    {
      HearthValue *content = hearth_value_get (event->value, "content");
      g_autofree char *json = hearth_json_print (content);

      g_string_append (self->chunks, hearth_value_is (content, STRING) ? hearth_value_get_string (content, NULL) : json);
    }
}

/* Begins a run of the workflow, whose nodes know the pack's type "t:N". */
static inline void
pack_start_workflow (PackRun    *self,
                     const char *definition,
                     const char *brought,
                     const char *workflow)
{
  g_autofree char *problem = NULL;
  g_autoptr (HearthCatalog) catalog = pack_catalog (self, definition, brought, &problem);
  g_autoptr (HearthValue) value = pack_parse (workflow);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = hearth_graph_new_from_value (catalog, value, &error);
  g_autoptr (HearthPlan) plan = NULL;

  g_assert_cmpstr (problem, ==, NULL);
  g_assert_no_error (error);
  pack_run_clear (self);
  plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  if (plan == NULL)
    {
      self->failure = g_strdup (error->message);
      self->ended = TRUE;
      return;
    }
  self->run = hearth_run_new (plan, NULL);
  hearth_run_add_service (self->run, G_OBJECT (self->outside));
  hearth_run_add_observer (self->run, pack_observe_cb, self, NULL);
  hearth_run_start (self->run);
}

/* Begins a run of one node "n" of the type. The catalogue is gone when this returns, as after a reload. */
static inline void
pack_start (PackRun    *self,
            const char *definition,
            const char *brought,
            const char *inputs)
{
  g_autofree char *workflow = g_strdup_printf (
      "{\"nodes\":[{\"id\":\"n\",\"type\":\"t:N\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":%s}],\"edges\":[]}", inputs);

  pack_start_workflow (self, definition, brought, workflow);
}

/* What it ended with: the JSON of its outputs, or "error: …". Borrowed. */
static inline const char *
pack_run (PackRun    *self,
          const char *definition,
          const char *brought,
          const char *inputs)
{
  pack_start (self, definition, brought, inputs);
  AWAIT (self->ended);
  return self->outputs != NULL ? self->outputs : self->failure;
}
