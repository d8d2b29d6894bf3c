/* hearth-keyring.c: items of the Secret Service (GNOME Keyring, KWallet, …) through libsecret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keyring-service-private.h"

#include "hearth-i18n.h"

static const SecretSchema schema = {
  .name = HEARTH_APPLICATION_ID,
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "item", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

typedef GList ItemList;

static void
item_list_free (ItemList *items)
{
  g_list_free_full (items, g_object_unref);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ItemList, item_list_free)

/* --- items ------------------------------------------------------------------------------------------- */

static GHashTable *
make_address (const HearthSecretId *id)
{
  return secret_attributes_build (&schema, "kind", id->kind, "item", id->item, "user", id->user, NULL);
}

/* All items of that address, also locked ones. FALSE with an error; none at all is fine. */
static gboolean
search (HearthKeyringCall    *call,
        SecretService        *service,
        const HearthSecretId *id,
        SecretSearchFlags     flags,
        GList               **items,
        GError              **error)
{
  g_autoptr (GHashTable) address = make_address (id);
  GError *reason = NULL;

  secret_service_search (service, &schema, address, flags | SECRET_SEARCH_ALL, call->cancellable, _hearth_keyring_call_cb, call);
  *items = secret_service_search_finish (service, _hearth_keyring_call_wait (call), &reason);
  return reason == NULL || _hearth_keyring_fail (call, reason, error);
}

static gboolean
delete_item (HearthKeyringCall *call,
             SecretItem        *item,
             GError           **error)
{
  GError *reason = NULL;

  if (secret_item_get_locked (item))
    return _hearth_keyring_fail_locked (error);
  secret_item_delete (item, call->cancellable, _hearth_keyring_call_cb, call);
  return secret_item_delete_finish (item, _hearth_keyring_call_wait (call), &reason)
         || _hearth_keyring_fail (call, reason, error);
}

/* The provider is an attribute as well, so the same key under another provider is an item beside it. */
static gboolean
delete_others (HearthKeyringCall    *call,
               SecretService        *service,
               const HearthSecretId *id,
               GError              **error)
{
  g_autoptr (ItemList) items = NULL;

  if (!search (call, service, id, SECRET_SEARCH_NONE, &items, error))
    return FALSE;
  for (GList *item = items; item != NULL; item = item->next)
    {
      g_autoptr (GHashTable) attributes = secret_item_get_attributes (item->data);

      if (g_strcmp0 (g_hash_table_lookup (attributes, "provider"), id->provider) != 0 && !delete_item (call, item->data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_item (HearthKeyringCall    *call,
            SecretService        *service,
            const HearthSecretId *id,
            HearthSecret         *secret,
            GError              **error)
{
  g_autoptr (GHashTable) attributes = make_address (id);
  g_autoptr (SecretValue) value = secret_value_new (hearth_secret_get_text (secret), -1, "text/plain");
  GError *reason = NULL;

  if (id->provider != NULL)
    g_hash_table_insert (attributes, g_strdup ("provider"), g_strdup (id->provider));
  secret_service_store (service, &schema, attributes, SECRET_COLLECTION_DEFAULT, id->label != NULL ? id->label : id->item, value,
                        call->cancellable, _hearth_keyring_call_cb, call);
  return secret_service_store_finish (service, _hearth_keyring_call_wait (call), &reason)
         || _hearth_keyring_fail (call, reason, error);
}

gboolean
_hearth_keyring_store (const HearthSecretId *id,
                       HearthSecret         *secret,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;

  _hearth_keyring_call_begin (&call, HEARTH_KEYRING_ANSWER_MS, cancellable);
  service = _hearth_keyring_open (&call, cancellable, error);
  return service != NULL && _hearth_keyring_check_open (&call, service, error) && store_item (&call, service, id, secret, error)
         && delete_others (&call, service, id, error);
}

/* Asks the keyring anew: both are the caller's, also when it fails. */
static gboolean
look_up (HearthKeyringCall    *call,
         const HearthSecretId *id,
         SecretSearchFlags     flags,
         GCancellable         *cancellable,
         SecretService       **service,
         GList               **items,
         GError              **error)
{
  _hearth_keyring_call_begin (call, HEARTH_KEYRING_ANSWER_MS, cancellable);
  *service = _hearth_keyring_open (call, cancellable, error);
  return *service != NULL && search (call, *service, id, flags, items, error);
}

static HearthSecret *
read_items (GList   *items,
            GError **error)
{
  for (GList *item = items; item != NULL; item = item->next)
    {
      g_autoptr (SecretValue) value = secret_item_get_locked (item->data) ? NULL : secret_item_get_secret (item->data);
      const char *text = value != NULL ? secret_value_get_text (value) : NULL;

      if (text != NULL)
        return hearth_secret_new (text);
    }
  if (items != NULL)
    _hearth_keyring_fail_locked (error);
  return NULL;
}

HearthSecret *
_hearth_keyring_lookup (const HearthSecretId *id,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;
  g_autoptr (ItemList) items = NULL;

  if (!look_up (&call, id, SECRET_SEARCH_LOAD_SECRETS, cancellable, &service, &items, error))
    return NULL;
  if (items != NULL)
    return read_items (items, error);
  /* A locked keyring may hide what it has. */
  if (_hearth_keyring_check_open (&call, service, error))
    g_set_error (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_MISSING, _("The keyring has no key for “%s”. Enter the key again."),
                 id->label != NULL ? id->label : id->item);
  return NULL;
}

gboolean
_hearth_keyring_has (const HearthSecretId *id,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;
  g_autoptr (ItemList) items = NULL;

  if (!look_up (&call, id, SECRET_SEARCH_NONE, cancellable, &service, &items, error))
    return FALSE;
  /* A locked keyring may hide what it has. */
  if (items == NULL)
    _hearth_keyring_check_open (&call, service, error);
  return items != NULL;
}

gboolean
_hearth_keyring_forget (const HearthSecretId *id,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;
  g_autoptr (ItemList) items = NULL;

  if (!look_up (&call, id, SECRET_SEARCH_NONE, cancellable, &service, &items, error))
    return FALSE;
  if (items == NULL)
    return _hearth_keyring_check_open (&call, service, error);
  for (GList *item = items; item != NULL; item = item->next)
    if (!delete_item (&call, item->data, error))
      return FALSE;
  return TRUE;
}
