import { rootCertificates } from 'node:tls';
import { DpoError, fail } from '@dpo/core';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { Environment, ReadFile } from '../auth/profile-file.ts';
import { isLoopback } from './loopback.ts';
import { connectMs, createProxyPool } from './proxy-pool.ts';
import type { Redactor } from './redactor.ts';

/** A proxy, and the variable that names it. */
export interface Proxy {
  readonly url: string;
  readonly source: string;
}

/** How this machine reaches others, as the environment says. */
export interface Network {
  readonly httpsProxy?: Proxy;
  readonly httpProxy?: Proxy;
  /** Hosts that are reached without a proxy, as in NO_PROXY. */
  readonly noProxy: string;
  /** Certificates in PEM that are trusted, where others than the built-in ones are. */
  readonly certificates?: readonly string[];
}

export const directNetwork: Network = { noProxy: '' };

const maximumConnections = 64;

/** A variable and the file with certificates that it names; all of them are trusted beside the built-in ones. */
const certificateVariables = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const;

/** Throws `NETWORK.PROXY_INVALID` or `NETWORK.CA_UNREADABLE`. */
export async function readNetwork(environment: Environment, readFile: ReadFile): Promise<Network> {
  const httpsProxy = proxyIn(environment, ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']);
  const httpProxy = proxyIn(environment, ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']);
  const certificates = await certificatesIn(environment, readFile);
  return {
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(httpProxy === undefined ? {} : { httpProxy }),
    noProxy: environment['NO_PROXY'] ?? environment['no_proxy'] ?? '',
    ...(certificates.length === 0 ? {} : { certificates }),
  };
}

/** The proxy that requests to this host go through. */
export function proxyFor(network: Network, host: string): Proxy | undefined {
  const { protocol, hostname, port } = new URL(host);
  if (isLoopback(hostname)) return undefined;
  const proxy = protocol === 'https:' ? (network.httpsProxy ?? network.httpProxy) : network.httpProxy;
  return isExcepted(network.noProxy, hostname, port || (protocol === 'https:' ? '443' : '80')) ? undefined : proxy;
}

/** Connections to any host. Nothing is read from the environment of the process; this machine is reached directly. */
export function createDispatcher(network: Network, redactor: Redactor): Dispatcher {
  const tls = network.certificates === undefined ? {} : { ca: [...network.certificates] };
  const connections = { connections: maximumConnections, connect: { timeout: connectMs, ...tls } };
  if (network.httpProxy === undefined && network.httpsProxy === undefined) return new Agent(connections);
  for (const proxy of [network.httpProxy, network.httpsProxy]) learnPassword(proxy, redactor);
  return new EnvHttpProxyAgent({
    ...connections,
    httpProxy: network.httpProxy?.url ?? '',
    httpsProxy: network.httpsProxy?.url ?? '',
    noProxy: exceptsAll(network.noProxy) ? '*' : ['localhost', '127.0.0.1', '[::1]', network.noProxy].join(','),
    clientFactory: createProxyPool,
    requestTls: { timeout: connectMs, ...tls },
    proxyTls: { timeout: connectMs, ...tls },
  });
}

function proxyIn(environment: Environment, names: readonly string[]): Proxy | undefined {
  for (const name of names) {
    const value = environment[name]?.trim() ?? '';
    if (value !== '') return { url: proxyUrl(value, name), source: name };
  }
  return undefined;
}

/** `proxy.example.com:3128` is what many people write. */
function proxyUrl(value: string, name: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.hostname !== '' && ['http:', 'https:'].includes(url.protocol)) return url.href;
  return fail({
    code: 'NETWORK.PROXY_INVALID',
    message: `the proxy in ${name} is not the URL of an HTTP proxy`,
    hint: `write it as http://HOST:PORT, or unset ${name}`,
  });
}

function isExcepted(noProxy: string, hostname: string, port: string): boolean {
  if (exceptsAll(noProxy)) return true;
  return entriesOf(noProxy).some((entry) => {
    const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const plain = name.replace(/^\*?\./, '').toLowerCase();
    return (only === undefined || only === port) && (hostname === plain || hostname.endsWith(`.${plain}`));
  });
}

function exceptsAll(noProxy: string): boolean {
  return entriesOf(noProxy).includes('*');
}

function entriesOf(noProxy: string): readonly string[] {
  return noProxy.split(/[,\s]+/).filter((entry) => entry !== '');
}

/** Node reads NODE_EXTRA_CA_CERTS by itself, but only as long as nobody gives certificates: then they are given too. */
async function certificatesIn(environment: Environment, readFile: ReadFile): Promise<readonly string[]> {
  const named = certificateVariables.filter((name) => (environment[name] ?? '') !== '');
  if (named.length === 0) return [];
  const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
  const names = [...named, ...(extra === '' ? [] : ['NODE_EXTRA_CA_CERTS'])];
  const texts = await Promise.all(names.map((name) => certificateFile(name, environment[name] ?? '', readFile)));
  return [...rootCertificates, ...texts];
}

async function certificateFile(name: string, path: string, readFile: ReadFile): Promise<string> {
  const unreadable = (what: string, cause?: unknown): never => {
    const problem = {
      code: 'NETWORK.CA_UNREADABLE',
      severity: 'error',
      message: `${what} in the file '${path}' that ${name} names`,
      hint: `name a readable file with certificates in PEM, or unset ${name}`,
    } as const;
    throw new DpoError([problem], cause === undefined ? {} : { cause });
  };
  let text: string | undefined;
  try {
    text = await readFile(path);
  } catch (error) {
    return unreadable('no certificates can be read', error);
  }
  if (text === undefined) return unreadable('no certificates can be read');
  return text.includes('-----BEGIN CERTIFICATE-----') ? text : unreadable('there are no certificates');
}

function learnPassword(proxy: Proxy | undefined, redactor: Redactor): void {
  if (proxy === undefined) return;
  const { username, password } = new URL(proxy.url);
  redactor.learn(decodeURIComponent(password));
  if (password !== '') redactor.learn(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
}
