import { renderEvent, type Style } from '@dpo/render';
import type { EventPrinter } from './report.ts';

/** What a stream must be able to do. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Prints events as they come: one line each, and on a terminal a line of status that is overwritten. */
export function showProgress(stream: ProgressStream, style: Style): EventPrinter {
  const live = stream.isTTY === true;
  // One cell less than there is, so that no terminal breaks the line.
  const narrower = { ...style, width: style.width - 1 };
  let shown = false;
  const clear = (): void => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  return {
    live,
    clear,
    print: (event) => {
      // On a terminal the status line says it.
      const text = event.type === 'reading' ? undefined : renderEvent(event, style);
      if (text === undefined) return false;
      clear();
      stream.write(`${text}\n`);
      return true;
    },
    status: (event) => {
      stream.write(`\r\u001b[K${renderEvent(event, narrower) ?? ''}`);
      shown = true;
    },
  };
}
