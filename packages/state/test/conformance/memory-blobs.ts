import type { BlobStore } from '@dpo/core';

/** The contract and nothing else, and what may go wrong around it. */
export function memoryBlobs(): BlobStore {
  const texts = new Map<string, string>();
  return {
    location: 'memory:state',
    get: async (name) => texts.get(name),
    putIfAbsent: async (name, text) => {
      if (texts.has(name)) return 'exists';
      texts.set(name, text);
      return 'made';
    },
    delete: async (name) => {
      texts.delete(name);
    },
    list: async (folder) =>
      [...texts.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)),
  };
}

type Call = (name: string, work: () => Promise<unknown>) => Promise<unknown>;

/** Every call goes through `call`. */
export function through(blobs: BlobStore, call: Call): BlobStore {
  return {
    location: blobs.location,
    get: async (name) => (await call('get', () => blobs.get(name))) as string | undefined,
    putIfAbsent: async (name, text) =>
      (await call('put', () => blobs.putIfAbsent(name, text))) as Awaited<ReturnType<BlobStore['putIfAbsent']>>,
    delete: async (name) => {
      await call('delete', () => blobs.delete(name));
    },
    list: async (folder) => (await call('list', () => blobs.list(folder))) as readonly string[],
  };
}

/** The process dies at the n-th call, before or after its effect: nothing it does from then on has any. */
export function dying(
  at: number,
  when: 'before' | 'after',
): { readonly between: (blobs: BlobStore) => BlobStore; readonly dead: Promise<void> } {
  let calls = 0;
  let die: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  const never = async (): Promise<never> => {
    die();
    return new Promise<never>(() => undefined);
  };
  return {
    dead,
    between: (blobs) =>
      through(blobs, async (_name, work) => {
        calls += 1;
        if (calls > at || (calls === at && when === 'before')) return never();
        const answer = await work();
        return calls >= at ? never() : answer;
      }),
  };
}

/** The answer of the n-th call is lost, once; `repeated`: as a client with retries, it is then sent again. */
export function losing(at: number, how: 'lost' | 'repeated'): (blobs: BlobStore) => BlobStore {
  let calls = 0;
  return (blobs) =>
    through(blobs, async (_name, work) => {
      calls += 1;
      const mine = calls;
      const answer = await work();
      if (mine !== at) return answer;
      if (how === 'repeated') return work();
      throw new Error('the answer was lost');
    });
}

/** Lists that lack what came last, or everything. */
export function blindTo(
  lacks: (name: string, index: number, all: readonly string[]) => boolean,
): (blobs: BlobStore) => BlobStore {
  return (blobs) => ({
    ...blobs,
    list: async (folder) => {
      const all = (await blobs.list(folder)).toSorted();
      return all.filter((name, index) => !lacks(name, index, all));
    },
  });
}

/** How many calls some work makes. */
export function counting(): { readonly between: (blobs: BlobStore) => BlobStore; readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    between: (blobs) =>
      through(blobs, async (_name, work) => {
        calls += 1;
        return work();
      }),
  };
}
