import { DpoError, type Problem } from '@dpo/core';
import type { Redactor } from '../client/redactor.ts';

/** Texts that are tokens by their looks, whoever made them: of the workspace, client redactor, JSON web tokens. */
const tokenLike = /\b(?:dapi|dkea|dose|dsapi)[0-9a-f]{16,}\b|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;

export type AuthFinding = Omit<Problem, 'severity'>;

/** An error of a sign-in; nothing that it says holds a secret. Causes are left out: they may quote what was sent. */
export function authError(finding: AuthFinding, redactor: Pick<Redactor, 'redact'>): DpoError {
  const { message, hint, ...rest } = finding;
  return new DpoError([
    {
      severity: 'error',
      ...rest,
      message: harmless(message, redactor),
      ...(hint === undefined ? {} : { hint: harmless(hint, redactor) }),
    },
  ]);
}

export function harmless(text: string, redactor: Pick<Redactor, 'redact'>): string {
  return redactor.redact(text).replaceAll(tokenLike, '[redacted]');
}

/** One line of at most 400 characters. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
