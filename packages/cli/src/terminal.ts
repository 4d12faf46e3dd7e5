import type { Style } from '@dpo/render';

/** How to draw on a stream: plain when piped or when NO_COLOR is set (https://no-color.org), ASCII where UTF-8 is unlikely. */
export function styleOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Style {
  const forced = environment['FORCE_COLOR'] !== undefined && environment['FORCE_COLOR'] !== '0';
  const plain = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const locale = environment['LC_ALL'] ?? environment['LC_CTYPE'] ?? environment['LANG'] ?? '';
  const ascii = stream.isTTY && process.platform !== 'win32' && locale !== '' && !/utf-?8/iu.test(locale);
  return {
    color: !plain && (forced || stream.isTTY),
    unicode: !ascii,
    // A terminal that does not know its size says 0.
    width: stream.isTTY ? stream.columns || 100 : 120,
  };
}
