import { filledText, flag, list, oneOf, record, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { commonFields } from './table-shape.ts';

export const volumeFields = {
  ...commonFields,
  type: oneOf('MANAGED', 'EXTERNAL'),
  location: filledText,
  files: filledText,
};
export const volume = shape({ optional: volumeFields });
export type SeedVolumeFields = ReturnType<typeof volume>;

const { tags: _noTags, ...functionCommon } = commonFields;
export const functionFields = {
  required: { returns: filledText, definition: filledText },
  optional: { ...functionCommon, parameters: record(filledText) },
};
export const functionShape = shape(functionFields);
export type SeedFunctionFields = ReturnType<typeof functionShape>;

const federationPolicy = shape({
  required: { issuer: filledText, subject: filledText },
  optional: { audiences: list(filledText) },
});
export const principalFields = {
  kind: oneOf('user', 'service_principal'),
  display_name: filledText,
  groups: list(filledText),
  admin: flag,
  metastore_admin: flag,
  tokens: list(filledText),
  client_secret: filledText,
  federation_policies: list(federationPolicy),
  workspace: filledText,
};
const plainPrincipal = shape({ optional: principalFields });
export type SeedPrincipalFields = ReturnType<typeof plainPrincipal>;

/** Only service principals sign in with a secret or by federation. */
export const principal: Reader<SeedPrincipalFields> = (value, place) => {
  const read = plainPrincipal(value, place);
  const own = (['client_secret', 'federation_policies'] as const).find((name) => read[name] !== undefined);
  if (own !== undefined && read.kind !== 'service_principal') {
    throw new ShapeFault([...place.path, own], 'only a service_principal has this');
  }
  return read;
};

export const warehouseFields = { id: filledText, serverless: flag, state: oneOf('running', 'stopped') };
export const warehouse = shape({ optional: warehouseFields });
export type SeedWarehouseFields = ReturnType<typeof warehouse>;

/** Field names of the notification destination API; what is secret in them is never kept. */
export const destinationFields = {
  email: shape({ required: { addresses: list(filledText) } }),
  slack: shape({ optional: { url: filledText, channel_id: filledText, oauth_token: filledText } }),
  pagerduty: shape({ required: { integration_key: filledText } }),
  microsoft_teams: shape({
    optional: {
      url: filledText,
      app_id: filledText,
      auth_secret: filledText,
      channel_url: filledText,
      tenant_id: filledText,
    },
  }),
  generic_webhook: shape({
    required: { url: filledText },
    optional: { username: filledText, password: filledText },
  }),
};
const plainDestination = shape({ optional: destinationFields });
export type SeedDestinationFields = ReturnType<typeof plainDestination>;

export const destination: Reader<SeedDestinationFields> = (value, place) => {
  const read = plainDestination(value, place);
  const kinds = Object.keys(destinationFields).join(', ');
  if (Object.keys(read).length !== 1) throw new ShapeFault(place.path, `exactly one of ${kinds} is needed`);
  return read;
};
