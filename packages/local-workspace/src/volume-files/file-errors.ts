import { ApiError } from '../api/api-error.ts';

/** The client tells only the status apart (databricks/cli `libs/filer/files_client.go`); the texts are those of the SDK and of the fake. */
export function fileNotFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'The file being accessed is not found.');
}

export function directoryNotFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'The directory being accessed is not found.');
}

/** databricks-sdk-py `mixins/files.py` raises this text for a conflict in the cloud store. */
export function fileExists(): ApiError {
  return new ApiError(409, 'ALREADY_EXISTS', 'The file being created already exists.');
}

/** Text of databricks/cli `libs/testserver/handlers.go`. */
export function fileInTheWay(): ApiError {
  return new ApiError(
    409,
    'ALREADY_EXISTS',
    'The given path points to an existing file. This API does not support operations on files.',
  );
}

export function directoryInTheWay(): ApiError {
  return new ApiError(
    409,
    'ALREADY_EXISTS',
    'The given path points to an existing directory. This API does not support operations on directories.',
  );
}
