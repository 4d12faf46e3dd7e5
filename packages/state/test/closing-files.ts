import type { AppendFile, Files } from '../src/files.ts';
import { nodeFiles } from '../src/node-files.ts';

export interface ClosingFiles extends Files {
  /** Closes what a run that was "killed" left open, as the end of its process would. */
  closeAll(): Promise<void>;
}

export function closingFiles(): ClosingFiles {
  const open: AppendFile[] = [];
  return {
    ...nodeFiles,
    openAppend: async (path, mode) => {
      const file = await nodeFiles.openAppend(path, mode);
      open.push(file);
      return file;
    },
    closeAll: async () => {
      for (const file of open) await file.close().catch(() => undefined);
    },
  };
}
