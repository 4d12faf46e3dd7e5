import type { Duplex } from 'node:stream';

/** Answers what node's parser refused, in the form of every other error, and closes the connection. */
export function answerBrokenRequest(fault: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || fault.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, code, message] = answerOf(fault.code);
  const body = JSON.stringify({ error_code: code, message, details: [] });
  const head = ['Connection: close', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end([`HTTP/1.1 ${status}`, ...head, '', body].join('\r\n'));
}

function answerOf(code: string | undefined): readonly [status: string, code: string, message: string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = 'the URL and the headers of the request are longer than 16 KiB together';
    return ['431 Request Header Fields Too Large', 'REQUEST_TOO_LARGE', message];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return ['408 Request Timeout', 'DEADLINE_EXCEEDED', 'the request did not arrive in time'];
  }
  return ['400 Bad Request', 'MALFORMED_REQUEST', 'the request is not HTTP'];
}
