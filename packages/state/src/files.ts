/**
 * Every touch of the disk by this package, one operation a method, so that a test can count them and stop before, after
 * or in the middle of each. Files are made with mode 0600. Paths are absolute or relative to the working directory.
 */
export interface Files {
  /** The whole text, `undefined` if there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Names in a directory, in no order; none if it is not there. */
  list(directory: string): Promise<readonly string[]>;
  /** Makes or overwrites a file and syncs it. Not atomic: a crash leaves a part, so only for names nobody else reads. */
  write(path: string, text: string): Promise<void>;
  /** Like `write`, but only if the name is free. */
  writeNew(path: string, text: string): Promise<'made' | 'exists'>;
  /** Gives a file a second name if that one is free: creation with full content in one step. */
  link(from: string, to: string): Promise<'made' | 'exists' | 'gone' | 'unsupported'>;
  /** Atomic; replaces what is there. */
  rename(from: string, to: string): Promise<void>;
  /** Resolves too if the file is not there. */
  remove(path: string): Promise<void>;
  /** With its parents, durable when it resolves. */
  makeDirectory(path: string): Promise<void>;
  /** After it, names made, replaced or removed in the directory survive a loss of power. */
  syncDirectory(path: string): Promise<void>;
  /** Appends to a file, `new` fails if it exists. */
  openAppend(path: string, mode: 'new' | 'any'): Promise<AppendFile>;
}

/** A file opened for appending. What is appended survives the process at once, and a loss of power after `datasync`. */
export interface AppendFile {
  append(text: string): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}
