import { blocked, notRun, succeeded, type Verdict } from '../attack';
import type { RawAnswer } from './raw-request';

// What a request that isn't for anybody is answered with: not here, not so, not you.
const REFUSALS = [400, 401, 403, 404, 405, 411, 413, 414, 417, 421, 431, 501, 505];

/**
 * Blocked is what gets nothing but refusals, or no answer at all. A server error isn't one: something behind the proxy may have
 * choked on what should not have got there.
 */
export function refused({ statuses, error }: RawAnswer): Verdict {
  if (statuses.some((status) => !REFUSALS.includes(status))) return succeeded(answered(statuses));
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
