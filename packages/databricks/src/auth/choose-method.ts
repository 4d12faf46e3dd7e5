import { fail, isDpoError } from '@dpo/core';
import type { Found } from './attributes.ts';
import { fixedToken, type Credentials } from '../client/credentials.ts';
import { askedFor, refuseTwoWays } from './families.ts';
import type { Considered, MethodContext } from './method.ts';
import { methods } from './methods/index.ts';
import { renewingCredentials } from './renewing-credentials.ts';

export interface MethodRequest {
  readonly context: Omit<MethodContext, 'forced'>;
  readonly host: Found;
  /** What was looked at for a profile. */
  readonly looked: string;
  /** Ends the choosing. */
  readonly signal?: AbortSignal | undefined;
  /** Ends sign-ins later on. */
  readonly life?: AbortSignal | undefined;
  readonly patienceMs?: number | undefined;
}

export interface ChosenMethod {
  /** As `auth_type` names it. */
  readonly name: string;
  readonly credentials: Credentials;
  readonly source: string;
}

type Applicable = Exclude<Considered, { readonly status: 'missing' }>;

/** The method that `auth_type` asks for, else the first that applies. Throws `AUTH.*`. */
export async function chooseMethod(request: MethodRequest): Promise<ChosenMethod> {
  const { context } = request;
  const forced = context.settings.get('auth_type');
  if (forced !== undefined) return forcedMethod(request, forced);
  const asked = askedFor(context.settings);
  refuseTwoWays(asked);
  const unsupported = asked.find(({ family }) => ['basic', 'google', 'metadata-service'].includes(family));
  if (unsupported !== undefined) failUnsupported(unsupported.by);
  const reasons: string[] = [];
  for (const method of methods) {
    const considered = await method.consider({ ...context, forced: false });
    if (considered.status === 'missing') {
      reasons.push(`${method.name}: ${considered.why}`);
      continue;
    }
    const credentials = credentialsOf(considered, request);
    if (considered.status === 'ready') return { name: method.name, credentials, source: considered.source };
    const failure = await failureOf(credentials, request.signal);
    if (failure === undefined) return { name: method.name, credentials, source: considered.source };
    reasons.push(`${method.name}: ${failure}`);
  }
  return failMissing(request, reasons);
}

async function forcedMethod(request: MethodRequest, type: Found): Promise<ChosenMethod> {
  const method = methods.find(({ name }) => name === type.value);
  if (method === undefined) failUnsupported(`auth_type ${type.value} from ${type.source}`);
  const considered = await method.consider({ ...request.context, forced: true });
  if (considered.status === 'missing') {
    return fail({
      code: 'AUTH.INCOMPLETE',
      message: `auth_type ${type.value} (from ${type.source}) cannot be used: ${considered.why}`,
      hint: 'set what it needs, or take another auth_type: docs/authentication.md says what each one needs',
    });
  }
  const credentials = credentialsOf(considered, request);
  if (considered.status === 'try') await credentials.token(request.signal);
  return { name: method.name, credentials, source: considered.source };
}

function credentialsOf(considered: Applicable, request: MethodRequest): Credentials {
  const { redactor, clock, settings } = request.context;
  const workspace = settings.get('workspace_id');
  // Hosts that serve several workspaces want to be told which one.
  const more: Readonly<Record<string, string>> =
    workspace === undefined ? {} : { 'x-databricks-workspace-id': workspace.value };
  if ('token' in considered) {
    return { ...fixedToken(considered.token, redactor), headers: () => more };
  }
  return renewingCredentials({
    signIn: async (asked) => {
      const grant = await considered.signIn(asked);
      return { ...grant, headers: { ...more, ...grant.headers } };
    },
    clock,
    redactor,
    signal: request.life,
    patienceMs: request.patienceMs,
  });
}

async function failureOf(credentials: Credentials, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    await credentials.token(signal);
    return undefined;
  } catch (error) {
    const [problem] = isDpoError(error) ? error.problems : [];
    if (problem === undefined) throw error;
    return problem.hint === undefined ? problem.message : `${problem.message}; ${problem.hint}`;
  }
}

function failUnsupported(what: string): never {
  fail({
    code: 'AUTH.UNSUPPORTED',
    message: `${what} asks for a way to sign in that dpo does not know; it knows ${methods.map(({ name }) => name).join(', ')}`,
    hint: 'set one of these up: docs/authentication.md says what each one needs',
  });
}

function failMissing({ host, looked }: MethodRequest, reasons: readonly string[]): never {
  fail({
    code: 'AUTH.MISSING',
    message: `nothing says as whom to sign in to ${host.value} (from ${host.source})`,
    hint: [
      `set one of these up (docs/authentication.md), or name a profile with --profile; looked at: the environment; ${looked}`,
      ...reasons,
    ].join('\n'),
  });
}
