const redacted = '[redacted]';

/** Names of fields that hold credentials, in any spelling. Page tokens are positions in a list and stay. */
const secretName =
  /token|secret|password|passwd|authorization|credential|private_?key|api_?key|access_?key|integration_?key/i;
const harmless = /^(next_)?page_?token$|^token_type$|_set$/i;

/** Kinds of notification destinations: whoever knows the address of one can write to it. */
const secretKinds = ['slack', 'pagerduty', 'microsoft_teams', 'generic_webhook'];

/**
 * A copy without the values of fields whose names tell of a secret, also where name and value stand beside each other as
 * in the parameters of a statement, and without `known` wherever it occurs.
 */
export function redactSecrets(value: unknown, known: readonly string[] = []): unknown {
  if (typeof value === 'string') return known.reduce((text, secret) => text.replaceAll(secret, redacted), value);
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, known));
  if (typeof value !== 'object' || value === null) return value;
  const named = 'name' in value && typeof value.name === 'string' && isSecret(value.name);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      String(redactSecrets(key, known)),
      isSecret(key) || (named && key === 'value') ? redacted : redactSecrets(withoutTexts(key, item), known),
    ]),
  );
}

/** A path without the parts that its route calls a secret, such as the token of a presigned link. */
export function redactPath(path: string, route: string | null): string {
  const pattern = (route ?? '').split('/');
  const segments = path.split('/');
  return segments.map((segment, at) => (isSecretPart(pattern[at]) ? redacted : segment)).join('/');
}

function isSecretPart(part: string | undefined): boolean {
  return part?.startsWith('{') === true && isSecret(part.slice(1, -1));
}

function isSecret(name: string): boolean {
  return secretName.test(name) && !harmless.test(name);
}

function withoutTexts(kind: string, config: unknown): unknown {
  if (!secretKinds.includes(kind) || typeof config !== 'object' || config === null) return config;
  const entries = Object.entries(config).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? redacted : value,
  ]);
  return Object.fromEntries(entries) as unknown;
}
