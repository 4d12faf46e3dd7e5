import { appendFile } from 'node:fs/promises';

/** One call as it was answered. Headers are not kept, so that no token gets into a log. */
export interface LoggedRequest {
  readonly sequence: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly ms: number;
}

export interface RequestLog {
  add(request: LoggedRequest): Promise<void>;
  requests(): readonly LoggedRequest[];
  clear(): void;
}

/** Keeps the calls in memory and, with `file`, appends each as one JSON line. */
export function createRequestLog(file?: string): RequestLog {
  const kept: LoggedRequest[] = [];
  return {
    async add(request) {
      kept.push(request);
      if (file !== undefined) await appendFile(file, `${JSON.stringify(request)}\n`);
    },
    requests: () => kept.toSorted((left, right) => left.sequence - right.sequence),
    clear: () => {
      kept.length = 0;
    },
  };
}
