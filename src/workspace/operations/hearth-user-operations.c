/* hearth-user-operations.c: the user of this data folder, and keys to what is here (http-api.md 5, 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-user-operations.h"

#include "hearth-avatar.h"
#include "hearth-id.h"
#include "hearth-key-place-private.h"
#include "hearth-keys-table.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"
#include "hearth-i18n.h"

#define USER HEARTH_DEFAULT_USER

/* --- the user ------------------------------------------------------------------------------------ */

static HearthValue *
make_context (HearthValue *user,
              HearthValue *keys,
              HearthValue *credentials)
{
  g_autoptr (HearthValue) lists = hearth_value_object ("serviceApiKeys", hearth_value_ref (keys),
                                                       "externalCredentials", hearth_value_ref (credentials),
                                                       NULL);

  return hearth_value_object ("mode", hearth_value_string ("SingleUser"),
                              "multiUserMode", hearth_value_boolean (FALSE),
                              "accessPasswordRequired", hearth_value_boolean (FALSE),
                              "isAuthenticated", hearth_value_boolean (TRUE),
                              "currentUser", hearth_value_overlay (user, lists),
                              NULL);
}

static HearthValue *
read_session (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (HearthValue) user = database != NULL ? hearth_users_table_get (database, USER, error) : NULL;
  g_autoptr (HearthValue) keys = user != NULL ? hearth_keys_table_list (database, USER, error) : NULL;
  g_autoptr (HearthValue) credentials = keys != NULL ? hearth_credentials_table_list (database, USER, error) : NULL;

  return credentials != NULL ? make_context (user, keys, credentials) : NULL;
}

const HearthOperation hearth_operation_read_session = { .work = read_session };

static HearthValue *
rename_user (HearthStorage *storage,
             HearthValue   *arguments,
             GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  if (database == NULL || !hearth_users_table_set_name (database, USER, _hearth_text (arguments, "username"), error))
    return NULL;
  return hearth_value_object ("success", hearth_value_boolean (TRUE),
                              "message", hearth_value_string (_("The name was changed.")),
                              "username", hearth_value_ref (hearth_value_get (arguments, "username")),
                              NULL);
}

const HearthOperation hearth_operation_rename_user = { .work = rename_user };

static HearthValue *
set_avatar (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autofree char *url
      = database != NULL ? hearth_avatar_store (storage->dir, USER, _hearth_text (arguments, "path"), error) : NULL;

  if (url == NULL || !hearth_users_table_set_avatar (database, USER, url, error))
    return NULL;
  return hearth_value_object ("success", hearth_value_boolean (TRUE),
                              "message", hearth_value_string (_("The picture was changed.")),
                              "avatarUrl", hearth_value_string (url),
                              NULL);
}

const HearthOperation hearth_operation_set_avatar = { .work = set_avatar };

/* --- service keys ----------------------------------------------------------------------------------- */

static HearthValue *
list_service_keys (HearthStorage *storage,
                   HearthValue   *arguments,
                   GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthValue *keys = database != NULL ? hearth_keys_table_list (database, USER, error) : NULL;

  return keys != NULL ? hearth_value_object ("keys", keys, NULL) : NULL;
}

const HearthOperation hearth_operation_list_service_keys = { .work = list_service_keys };

static HearthValue *
create_service_key (HearthStorage *storage,
                    HearthValue   *arguments,
                    GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? hearth_keys_table_create (database, USER, _hearth_text (arguments, "name"),
                                                      hearth_value_get (arguments, "scopes"), error)
                          : NULL;
}

const HearthOperation hearth_operation_create_service_key = { .work = create_service_key };

static HearthValue *
delete_service_key (HearthStorage *storage,
                    HearthValue   *arguments,
                    GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  if (database == NULL || !hearth_keys_table_delete (database, USER, _hearth_text (arguments, "keyId"), error))
    return NULL;
  return hearth_value_null ();
}

const HearthOperation hearth_operation_delete_service_key = { .work = delete_service_key };

/* --- credentials -------------------------------------------------------------------------------------- */

static HearthValue *
list_credentials (HearthStorage *storage,
                  HearthValue   *arguments,
                  GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthValue *credentials = database != NULL ? hearth_credentials_table_list (database, USER, error) : NULL;

  return credentials != NULL ? hearth_value_object ("credentials", credentials, NULL) : NULL;
}

const HearthOperation hearth_operation_list_credentials = { .work = list_credentials };

static HearthValue *
create_credential (HearthStorage *storage,
                   HearthValue   *arguments,
                   GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autofree char *uuid = hearth_id_new_uuid ();
  g_autofree char *label = _hearth_key_make_label (_hearth_text (arguments, "serviceName"));
  HearthSecretId id = { HEARTH_SECRET_CREDENTIAL, uuid, USER, _hearth_text (arguments, "serviceName"), label };
  g_autoptr (HearthSecret) credential = NULL;
  g_autoptr (HearthValue) hint = NULL;
  HearthValue *made;

  if (database == NULL || !_hearth_key_take (arguments, "credential", &credential, error))
    return NULL;
  if (!hearth_secrets_store (storage->secrets, &id, credential, _hearth_key_choose_place (storage, arguments), NULL, error))
    return NULL;
  hint = hearth_credential_make_hint (credential);
  made = hearth_credentials_table_create (database, uuid, USER, _hearth_text (arguments, "serviceName"),
                                          _hearth_text (arguments, "displayName"), hint, error);
  if (made == NULL)
    hearth_secrets_forget (storage->secrets, &id, NULL, NULL);
  return made;
}

const HearthOperation hearth_operation_create_credential = { .work = create_credential };

/* One that cannot be reached in the keyring does not keep its row from going. */
static HearthValue *
delete_credential (HearthStorage *storage,
                   HearthValue   *arguments,
                   GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthSecretId id = { HEARTH_SECRET_CREDENTIAL, _hearth_text (arguments, "credentialId"), USER, NULL, NULL };

  if (database == NULL || !hearth_credentials_table_delete (database, USER, id.item, error))
    return NULL;
  hearth_secrets_forget (storage->secrets, &id, NULL, NULL);
  return hearth_value_null ();
}

const HearthOperation hearth_operation_delete_credential = { .work = delete_credential };
