import { nodeFiles } from '@dpo/state';

/**
 * The files of the state, each operation run through `counted(run, half)`. `half` is there where an operation can be cut in
 * the middle: it writes half of the text.
 */
export function countedFiles(counted) {
  const files = Object.fromEntries(
    Object.entries(nodeFiles).map(([name, run]) => [name, (...parameters) => counted(() => run(...parameters))]),
  );
  files.write = (path, text) =>
    counted(
      () => nodeFiles.write(path, text),
      () => nodeFiles.write(path, text.slice(0, text.length / 2)),
    );
  files.openAppend = async (path, mode) => {
    const file = await counted(() => nodeFiles.openAppend(path, mode));
    return {
      append: (text) =>
        counted(
          () => file.append(text),
          () => file.append(text.slice(0, text.length / 2)),
        ),
      datasync: () => counted(() => file.datasync()),
      close: () => counted(() => file.close()),
    };
  };
  return files;
}
