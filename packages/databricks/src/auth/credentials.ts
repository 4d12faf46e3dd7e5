/** Headers that say to the workspace who we are. */
export type SignedHeaders = Readonly<Record<string, string>>;

/** Signs requests. It shows itself nowhere; what it must not show, `redact` takes out of every text. */
export interface Credentials {
  /** As `auth_type` names it: `pat`, `oauth-m2m`, `databricks-cli`. */
  readonly method: string;
  /**
   * Waits for a renewal where one is due; however many ask, one is under way. `signal` ends the waiting of this caller only.
   * Throws `DpoError` with an `AUTH.*` problem: nothing was sent then.
   */
  headers(signal?: AbortSignal): Promise<SignedHeaders>;
  /** These headers were refused: true if there are others now, so that the request may be sent once more. Throws as above. */
  renew(refused: SignedHeaders, signal?: AbortSignal): Promise<boolean>;
  redact(text: string): string;
}
