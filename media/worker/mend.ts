import { WorkerFailed } from './failure.ts'

/** The one file that is mended before it is compiled; within mediasoup's `worker` folder. */
export const mendedFile = 'src/RTC/DtlsTransport.cpp'

const wrong = '(operationType == BIO_CB_RETURN) ?'
const right = '(operationType & BIO_CB_RETURN) ?'

/**
 * OpenSSL ors BIO_CB_RETURN into the type of operation, so the comparison is never true and every BIO_ctrl answers 1. mediasoup's own OpenSSL
 * does not notice. Debian's has kernel TLS: it asks BIO_get_ktls_send, hears yes, allocates no write buffer, and crashes in the DTLS handshake.
 * @throws WorkerFailed `sources` when the line is not there exactly once: then somebody has to look whether it still needs mending
 */
export function mendDtlsTransport(source: string): string {
  if (source.split(wrong).length !== 2) throw new WorkerFailed('sources', `${mendedFile}: the line that was mended is another now`)
  return source.replace(wrong, right)
}
