import type { BlobStore } from '@dpo/core';

/**
 * Puts a text that no other run puts, if the name is free: `taken` says that somebody else's is there. An answer may be
 * lost, and a repeated request meets the text that the first one made; so what is there is read back and compared.
 */
export async function putOwn(blobs: BlobStore, name: string, text: string): Promise<'mine' | 'taken'> {
  let failure: { readonly error: unknown } | undefined;
  try {
    if ((await blobs.putIfAbsent(name, text)) === 'made') return 'mine';
  } catch (error) {
    failure = { error };
  }
  const found = await blobs.get(name).catch((error: unknown) => {
    throw failure?.error ?? error;
  });
  if (found === text) return 'mine';
  if (found === undefined) throw failure?.error ?? new Error(`${name} was there, and is not`);
  return 'taken';
}
