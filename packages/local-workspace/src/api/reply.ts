/** An answer that is more than JSON with status 200. */
export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as they are; nothing for calls that answer without a body. */
  readonly content?: Uint8Array;
}

export function reply(
  status: number,
  parts: { readonly headers?: Readonly<Record<string, string>>; readonly content?: Uint8Array } = {},
): Reply {
  return { kind: 'reply', status, headers: {}, ...parts };
}

export function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reply' && 'headers' in value;
}
