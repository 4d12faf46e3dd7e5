import type { Emit } from '@dpo/core';
import { renderEvent, type Style } from '@dpo/render';

export interface Progress {
  readonly emit: Emit;
  /** Takes a line of status away. */
  done(): void;
}

/** Prints events as they come: one line each, and on a terminal a line of status that is overwritten. */
export function showProgress(stream: NodeJS.WriteStream, style: Style): Progress {
  let status = false;
  const clear = (): void => {
    if (status) stream.write('\r\u001b[K');
    status = false;
  };
  return {
    emit: (event) => {
      const text = renderEvent(event, style);
      if (text === undefined) return;
      if (event.type === 'reading') {
        if (!stream.isTTY) return;
        stream.write(`\r\u001b[K${text}`);
        status = true;
        return;
      }
      clear();
      stream.write(`${text}\n`);
    },
    done: clear,
  };
}
