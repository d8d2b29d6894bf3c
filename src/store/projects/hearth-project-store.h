/* hearth-project-store.h: projects and their workflows as files (storage.md 3.1, 3.2; http-api.md 8, 9)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread. One of them at a time may change one
 * project: a process-wide lock per project inside sees to it. Values are stored JSON objects.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* --- projects ------------------------------------------------------------------------ */

/* An array of metadata, sorted by id. Unreadable ones are left out. */
HearthValue *hearth_project_store_list     (HearthDataDir *dir,
                                            GError       **error);
HearthValue *hearth_project_store_read     (HearthDataDir *dir,
                                            const char    *project_id,
                                            GError       **error);
/* @description NULL or "": a sentence with the time. Returns the metadata. */
HearthValue *hearth_project_store_create   (HearthDataDir *dir,
                                            const char    *name,
                                            const char    *description,
                                            GError       **error);
/* Overlays @members (validated by the caller), never id and createdAt; sets updatedAt. */
HearthValue *hearth_project_store_update   (HearthDataDir *dir,
                                            const char    *project_id,
                                            HearthValue   *members,
                                            GError       **error);
/* Moves it to the recycle bin; returns the place. */
char        *hearth_project_store_delete   (HearthDataDir *dir,
                                            const char    *project_id,
                                            GError       **error);

/* --- workflows -------------------------------------------------------------------------
 *
 * @project_id NULL: those of the shared library. */

/* Array of list entries (id, name, description?, updatedAt?, creationMethod?, referencedWorkflows?),
 * sorted by file name. A missing project gives []. Keeps an index of (file, mtime, size) so that
 * unchanged files are not parsed again. */
HearthValue *hearth_workflow_store_list    (HearthDataDir *dir,
                                            const char    *project_id,
                                            GError       **error);
/* The whole stored workflow, unknown members included. Fallbacks of http-api.md 9.4 [want]. */
HearthValue *hearth_workflow_store_read    (HearthDataDir *dir,
                                            const char    *project_id,
                                            const char    *workflow_id,
                                            GError       **error);
/* @workflow has name, nodes, edges, viewport (validated by the caller). Gives it an id when it has
 * none, createdAt, updatedAt, version and the defaults of workflow-format.md 1.7; keeps all else. */
HearthValue *hearth_workflow_store_create  (HearthDataDir *dir,
                                            const char    *project_id,
                                            HearthValue   *workflow,
                                            GError       **error);
/* Overlays @workflow on the stored one; renames the file when its name asks for it (storage.md 5.3). */
HearthValue *hearth_workflow_store_update  (HearthDataDir *dir,
                                            const char    *project_id,
                                            const char    *workflow_id,
                                            HearthValue   *workflow,
                                            GError       **error);
/* The same, but @workflow is the whole: members it lacks are gone. For editors that know them all. */
HearthValue *hearth_workflow_store_replace (HearthDataDir *dir,
                                            const char    *project_id,
                                            const char    *workflow_id,
                                            HearthValue   *workflow,
                                            GError       **error);
char        *hearth_workflow_store_delete  (HearthDataDir *dir,
                                            const char    *project_id,
                                            const char    *workflow_id,
                                            GError       **error);
/* Reads one stored workflow by id out of any directory of .json files, as `hearthctl run FILE` needs
 * for references beside FILE. */
HearthValue *hearth_workflow_store_find_in (const char    *directory,
                                            const char    *workflow_id,
                                            GError       **error);
/* Any JSON file; the error names the file. At most @max_bytes. */
HearthValue *hearth_store_read_json        (const char    *path,
                                            gsize          max_bytes,
                                            GError       **error);
/* Copies a directory tree of JSON files as a new project when no project of that id exists yet;
 * used for the demo project. FALSE without error: it was there already. */
gboolean     hearth_project_store_install  (HearthDataDir *dir,
                                            const char    *source_directory,
                                            const char    *project_id,
                                            GError       **error);

G_END_DECLS
