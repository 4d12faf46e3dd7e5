import { fail } from '@dpo/core';

/** `--var name=value` as pairs; the last of one name counts. Whether a name is declared is known with the config. */
export function variablesOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
      // The text may be a value that was meant to stay secret.
      return fail({ code: 'USAGE', message: '--var takes NAME=VALUE', hint: 'write --var schema=monitoring_dev' });
    }),
  );
}
