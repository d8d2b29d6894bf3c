/* hearth-sqlite-statement.h: one prepared statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-sqlite-connection.h"

G_BEGIN_DECLS

/* Finished when freed, which must come before its connection is closed. */
typedef struct _HearthSqliteStatement HearthSqliteStatement;

typedef enum
{
  HEARTH_SQLITE_ROW,
  HEARTH_SQLITE_DONE,
  HEARTH_SQLITE_FAILED,
} HearthSqliteResult;

HearthSqliteStatement *_hearth_sqlite_statement_new         (HearthSqliteConnection *connection,
                                                             const char             *sql,
                                                             GError                **error);
void                   _hearth_sqlite_statement_free        (HearthSqliteStatement  *self);
/* Parameters count from 1, as in SQL; a NULL text is NULL. */
void                   _hearth_sqlite_statement_bind_text   (HearthSqliteStatement  *self,
                                                             int                     index,
                                                             const char             *text);
void                   _hearth_sqlite_statement_bind_integer(HearthSqliteStatement  *self,
                                                             int                     index,
                                                             gint64                  value);
void                   _hearth_sqlite_statement_bind_double (HearthSqliteStatement  *self,
                                                             int                     index,
                                                             double                  value);
void                   _hearth_sqlite_statement_bind_blob   (HearthSqliteStatement  *self,
                                                             int                     index,
                                                             gconstpointer           data,
                                                             gsize                   length);
/* A statement without rows, and then ready for the next parameters. */
gboolean               _hearth_sqlite_statement_run         (HearthSqliteStatement  *self,
                                                             GError                **error);
/* Before new parameters. */
void                   _hearth_sqlite_statement_reset       (HearthSqliteStatement  *self);
HearthSqliteResult     _hearth_sqlite_statement_step        (HearthSqliteStatement  *self,
                                                             GError                **error);
/* Columns count from 0. Borrowed until the next step; NULL for NULL. */
const char            *_hearth_sqlite_statement_get_text    (HearthSqliteStatement  *self,
                                                             int                     column);
gint64                 _hearth_sqlite_statement_get_integer (HearthSqliteStatement  *self,
                                                             int                     column);
double                 _hearth_sqlite_statement_get_double  (HearthSqliteStatement  *self,
                                                             int                     column);
/* As get_text. */
gconstpointer          _hearth_sqlite_statement_get_blob    (HearthSqliteStatement  *self,
                                                             int                     column,
                                                             gsize                  *length);
gboolean               _hearth_sqlite_statement_is_null     (HearthSqliteStatement  *self,
                                                             int                     column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSqliteStatement, _hearth_sqlite_statement_free)

G_END_DECLS
