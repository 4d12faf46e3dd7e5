import type { Finding, Path } from '../finding.ts';
import { entriesAt, spotAt, textAt, type Located } from '../located.ts';

const volumePath = /^\/Volumes\/[^/.\s]+\/[^/.\s]+\/[^/.\s]+(?:\/[\w.@=-]*[\w@=-][\w.@=-]*)*$/;
const folder = /^[\w.@=-]*[\w@=-][\w.@=-]*(?:\/[\w.@=-]*[\w@=-][\w.@=-]*)*$/;

/** What the place for the state of each target needs, and what belongs to another kind of place. */
export function checkState(root: Located): readonly Finding[] {
  return [...entriesAt(root, 'targets').keys()].flatMap((name) => {
    const path = ['targets', name, 'state'];
    const text = (key: string): string | undefined => textAt(root, ...path, key);
    const backend = text('backend') ?? 'local';
    const fault = (key: string, message: string, hint: string): Finding =>
      faultAt(root, [...path, key], { message, hint });
    const foreign = (['container', 'endpoint'] as const)
      .filter((key) => backend !== 'azblob' && text(key) !== undefined)
      .map((key) =>
        fault(
          key,
          `'${key}' belongs to a state with backend azblob, this one is ${backend}`,
          `remove it, or write backend: azblob`,
        ),
      );
    return [...foreign, ...ownFaults(backend, text, fault)];
  });
}

type FaultOf = (key: string, message: string, hint: string) => Finding;

function ownFaults(backend: string, text: (key: string) => string | undefined, fault: FaultOf): readonly Finding[] {
  const path = text('path');
  if (backend === 'volume' && (path === undefined || !volumePath.test(path))) {
    const what = path === undefined ? "'path' is missing" : `'${path}' is no folder of a volume`;
    return [
      fault(
        'path',
        `${what}: the state is to be kept in a volume`,
        'write path: /Volumes/<catalog>/<schema>/<volume>/<folder>',
      ),
    ];
  }
  if (backend !== 'azblob') return [];
  return [
    ...(text('container') === undefined
      ? [
          fault(
            'container',
            "'container' is missing: the state is to be kept in Azure Storage",
            'write container: NAME',
          ),
        ]
      : []),
    ...(path === undefined || folder.test(path)
      ? []
      : [
          fault(
            'path',
            `'${path}' is no folder of a container`,
            'write it without a slash at the beginning and the end',
          ),
        ]),
  ];
}

function faultAt(
  root: Located,
  path: Path,
  { message, hint }: { readonly message: string; readonly hint: string },
): Finding {
  const spot = spotAt(root, path);
  return {
    code: 'CONFIG.STATE',
    severity: 'error',
    message,
    hint,
    range: spot.path.length === path.length ? spot.node.range : spot.key,
    path,
  };
}
