import { pino, type DestinationStream } from 'pino';

/** A pipe takes this many bytes in one piece, so that lines of processes that share it never end up inside one another. */
const PIPE_BYTES = 4_096;
/** Most bytes that wait when no other process writes to the same pipe. */
const MAX_PENDING_BYTES = 32_768;
/** How long a line waits for others, milliseconds. */
const MAX_AGE_MS = 100;

/** Lines are levelled first, by the log's formatter. */
const CALM = /^\{"level":"(?:debug|info)"/;

/** What a destination is with `contentMode: 'buffer'`; its types only know texts. */
interface ByteDestination {
  write(bytes: Buffer): void;
}

export interface FlushableDestination extends DestinationStream {
  flush(): void;
}

/**
 * Standard output, several lines to a write: a system call for each is a tenth of what an operation costs. Warnings and what is worse
 * take all lines along at once, so does `flush`, and the end of the process takes the rest, that of an uncaught error included. Only a
 * process that is killed can lose what is younger than the buffer allows.
 * @param isShared whether other processes write to it as well
 */
export function bufferedStdout(isShared: boolean): FlushableDestination {
  const mostPending = isShared ? PIPE_BYTES : MAX_PENDING_BYTES;
  // Not its own buffer: it can only be written out together with an fsync, which takes as long as twenty operations.
  const stdout = pino.destination({ fd: 1, sync: true, contentMode: 'buffer' }) as unknown as ByteDestination;
  // Bytes instead of text: a text put together from lines is copied once more before it is encoded.
  const pending = Buffer.alloc(mostPending);
  let length = 0;
  const flush = () => {
    if (length === 0) return;
    // A copy: what cannot be written, because a disk is full for example, the destination keeps for its next write.
    const bytes = Buffer.from(pending.subarray(0, length));
    length = 0;
    stdout.write(bytes);
  };
  setInterval(flush, MAX_AGE_MS).unref();
  process.once('exit', flush);
  return {
    write(line) {
      // A UTF-16 unit takes three bytes at most: for most lines that is enough to know that they fit.
      if (length + 3 * line.length > mostPending && length + Buffer.byteLength(line) > mostPending) flush();
      if (3 * line.length > mostPending && Buffer.byteLength(line) > mostPending) stdout.write(Buffer.from(line));
      else length += pending.write(line, length);
      if (!CALM.test(line)) flush();
    },
    flush,
  };
}
