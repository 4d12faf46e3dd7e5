import { ApiError } from '../api/api-error.ts';
import { largestBody } from '../api/read-request.ts';
import { ignored } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';

/** Uploads in parts and presigned links go to a cloud store, which there is none of here (SDK `mixins/files.py`). */
const paths = [
  '/api/2.0/fs/files/Volumes/{file_path*}',
  '/api/2.0/fs/create-upload-part-urls',
  '/api/2.0/fs/create-resumable-upload-url',
  '/api/2.0/fs/create-abort-upload-url',
  '/api/2.0/fs/create-download-url',
] as const;

/** Told clearly, so that nobody takes it for a fault of his own. A client that wants to download falls back to GET by itself. */
export function unservedFileRoutes(): readonly Route[] {
  return paths.map((path) =>
    route(`POST ${path}`, {
      query: ignored,
      handle() {
        throw new ApiError(
          501,
          'NOT_IMPLEMENTED',
          `The embedded workspace has no cloud store: send a file with one PUT, of at most ${largestBody} bytes.`,
        );
      },
    }),
  );
}
