/* hearth-surroundings.c: what a run has around it: everything that leads outside, and chance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-surroundings-private.h"

#include "hearth-before-run.h"
#include "hearth-books.h"
#include "hearth-mcp-private.h"
#include "hearth-models-private.h"
#include "hearth-stored-credentials.h"
#include "hearth-stored-files.h"

enum
{
  OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthSurroundings, hearth_surroundings, G_TYPE_OBJECT)

/* Nobody asks any more: who is connected takes leave. */
static void
take_leave (HearthSurroundings *self)
{
  g_autoptr (HearthValue) nobody = hearth_value_empty_array ();

  hearth_model_router_close (self->router);
  hearth_mcp_hub_set_servers (self->mcp, nobody);
}

static void
forget_workspace (HearthSurroundings *self)
{
  if (self->workspace != NULL)
    g_ptr_array_remove (self->workspace->surroundings, self);
  self->workspace = NULL;
}

static void
hearth_surroundings_dispose (GObject *object)
{
  HearthSurroundings *self = HEARTH_SURROUNDINGS (object);

  forget_workspace (self);
  if (self->router != NULL)
    hearth_model_router_close (self->router);
  g_clear_object (&self->mcp);
  g_clear_object (&self->router);
  g_clear_object (&self->files);
  g_clear_object (&self->credentials);
  g_clear_object (&self->ledger);
  g_clear_object (&self->chance);
  g_clear_object (&self->outside);

  G_OBJECT_CLASS (hearth_surroundings_parent_class)->dispose (object);
}

static void
hearth_surroundings_finalize (GObject *object)
{
  HearthSurroundings *self = HEARTH_SURROUNDINGS (object);

  g_clear_error (&self->error);
  g_free (self->path);

  G_OBJECT_CLASS (hearth_surroundings_parent_class)->finalize (object);
}

static void
hearth_surroundings_class_init (HearthSurroundingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_surroundings_dispose;
  object_class->finalize = hearth_surroundings_finalize;

  signals[OVER] = g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_surroundings_init (HearthSurroundings *self)
{
}

/* --- life ------------------------------------------------------------------------------------------------- */

static HearthLedger *
make_ledger (HearthSurroundings *self,
             HearthBooks        *books)
{
  if (_hearth_surroundings_is_replay (self))
    return _hearth_books_make_replay_ledger (books, hearth_outside_get_clock (self->outside));
  return g_object_ref (_hearth_books_get_ledger (books));
}

HearthSurroundings *
_hearth_surroundings_new (HearthWorkspace       *workspace,
                          HearthSurroundingsKind kind,
                          const char            *path,
                          HearthOutside         *outside)
{
  HearthSurroundings *self = g_object_new (HEARTH_TYPE_SURROUNDINGS, NULL);
  HearthClock *clock = hearth_outside_get_clock (outside);

  self->workspace = workspace;
  g_ptr_array_add (workspace->surroundings, self);
  self->kind = kind;
  self->path = g_strdup (path);
  self->outside = g_object_ref (outside);
  self->chance = kind == HEARTH_SURROUNDINGS_LIVE ? g_object_ref (hearth_chance_get_default ())
                                                  : hearth_chance_new_seeded (hearth_outside_get_seed (outside));
  self->ledger = make_ledger (self, workspace->books);
  self->credentials = _hearth_stored_credentials_new (self);
  self->files = _hearth_stored_files_new (self);
  self->router = hearth_model_router_new (outside, self->ledger, &_hearth_channel_source, self);
  hearth_model_router_set_chance (self->router, self->chance);
  if (hearth_clock_is_virtual (clock))
    hearth_model_router_set_clock (self->router, clock);
  self->mcp = _hearth_mcp_make_hub (self);
  return self;
}

void
_hearth_surroundings_close (HearthSurroundings *self)
{
  take_leave (self);
  hearth_outside_finish (self->outside, NULL);
  forget_workspace (self);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthSurroundings) self = user_data;

  hearth_outside_finish_finish (self->outside, result, &self->error);
  forget_workspace (self);
  self->is_over = TRUE;
  g_signal_emit (self, signals[OVER], 0);
}

/* What is said in parting is no part of the run. */
static void
run_finished_cb (HearthRun          *run,
                 HearthSurroundings *self)
{
  hearth_outside_finish_async (self->outside, finished_cb, g_object_ref (self));
  take_leave (self);
}

void
_hearth_surroundings_add_to_run (HearthSurroundings *self,
                                 HearthRun          *run)
{
  GObject *services[] = {
    G_OBJECT (self->chance), G_OBJECT (self->outside), G_OBJECT (self->credentials), G_OBJECT (self->files),
    G_OBJECT (self->router), G_OBJECT (self->ledger), G_OBJECT (self->mcp), G_OBJECT (self),
  };

  hearth_run_set_clock (run, hearth_outside_get_clock (self->outside));
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    hearth_run_add_service (run, services[i]);
  if (self->kind == HEARTH_SURROUNDINGS_LIVE)
    return;
  hearth_run_set_seed (run, hearth_outside_get_seed (self->outside));
  g_signal_connect_object (run, "finished", G_CALLBACK (run_finished_cb), self, 0);
}

void
_hearth_surroundings_hold (HearthSurroundings *self,
                           HearthJob          *job)
{
  job->clock = g_object_ref (hearth_outside_get_clock (self->outside));
  hearth_clock_hold (job->clock);
}

gboolean
_hearth_surroundings_is_replay (HearthSurroundings *self)
{
  return self->kind == HEARTH_SURROUNDINGS_REPLAYED;
}

/* --- for everybody ------------------------------------------------------------------------------------------ */

HearthSurroundingsKind
hearth_surroundings_get_kind (HearthSurroundings *self)
{
  g_return_val_if_fail (HEARTH_IS_SURROUNDINGS (self), HEARTH_SURROUNDINGS_LIVE);

  return self->kind;
}

const char *
hearth_surroundings_get_path (HearthSurroundings *self)
{
  g_return_val_if_fail (HEARTH_IS_SURROUNDINGS (self), NULL);

  return self->path;
}

guint
hearth_surroundings_get_n_calls (HearthSurroundings *self)
{
  g_return_val_if_fail (HEARTH_IS_SURROUNDINGS (self), 0);

  return hearth_outside_get_n_recorded (self->outside);
}

/* Nodes draw in a replay, too, so that what is drawn next is the same. */
void
hearth_surroundings_prepare (HearthSurroundings *self,
                             HearthEdit         *edit,
                             HearthGraph        *graph)
{
  g_autoptr (HearthValue) changes = NULL;
  HearthValue *recorded;

  g_return_if_fail (HEARTH_IS_SURROUNDINGS (self));
  g_return_if_fail (!self->is_taken);

  changes = hearth_before_run_ask (graph, self->chance);
  recorded = hearth_outside_get_prepared (self->outside);
  hearth_before_run_set (edit, graph, changes);
  if (recorded != NULL)
    hearth_before_run_set (edit, graph, recorded);
  if (hearth_value_get_length (changes) > 0)
    hearth_outside_set_prepared (self->outside, changes);
}

gboolean
hearth_surroundings_is_over (HearthSurroundings *self)
{
  g_return_val_if_fail (HEARTH_IS_SURROUNDINGS (self), FALSE);

  return self->is_over;
}

const GError *
hearth_surroundings_get_error (HearthSurroundings *self)
{
  g_return_val_if_fail (HEARTH_IS_SURROUNDINGS (self), NULL);

  return self->error;
}
