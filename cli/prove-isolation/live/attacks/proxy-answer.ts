import { blocked, notRun, succeeded, type Verdict } from '../attack';
import type { RawAnswer } from './raw-request';

// What a request that isn't for anybody is answered with: not here, not so, not you.
const REFUSALS = [400, 401, 403, 404, 405, 411, 413, 414, 417, 421, 431, 501, 505];

// With which the proxy itself ends a body that it can't read; a node's errors are JSON.
const UNREADABLE = '\r\n\r\nInternal Server Error';

/**
 * Blocked is what gets nothing but refusals, or no answer at all. A server error isn't one, unless it is the proxy's own: something
 * behind it may have choked on what should not have got there.
 */
export function refused({ statuses, text, error }: RawAnswer): Verdict {
  const isRefusal = (status: number) =>
    REFUSALS.includes(status) || (status === 500 && statuses.length === 1 && text.endsWith(UNREADABLE));
  if (statuses.includes(429)) return notRun('the proxy was asked too much at once');
  if (!statuses.every(isRefusal)) return succeeded(answered(statuses));
  if (statuses.length > 0) return blocked(answered(statuses));
  if (error !== undefined && /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(error))
    return notRun(error);
  return blocked(error ?? 'the proxy closed the connection without an answer');
}

export function served({ statuses, error }: RawAnswer): Verdict {
  const [status = 0] = statuses;
  return status === 200 ? succeeded(answered(statuses)) : blocked(error ?? answered(statuses));
}

function answered(statuses: readonly number[]): string {
  return `answered ${statuses.join(', then ')}`;
}
