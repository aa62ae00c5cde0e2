/** What one host takes in. What is more is refused with 429 at the proxy, before the node has work of it. */
export interface RequestLimit {
  /** Requests a second that one address may send on average. */
  readonly average: number;
  /** Requests that one address may send at once, ahead of its average. */
  readonly burst: number;
  /** Requests in progress, of all addresses together. */
  readonly concurrent: number;
}

/** How much traffic of a tenant the proxy lets through, so that neither a stranger nor a runaway client takes what others need. */
export interface TrafficLimits {
  /** The public host. @default - 50 a second, 100 at once, 64 in progress */
  readonly public?: RequestLimit;
  /** The API's host, and that of its administration: each has this much. @default - 100 a second, 200 at once, 64 in progress */
  readonly api?: RequestLimit;
  /** Connections that one address may have open to the node-to-node port. @default 16 */
  readonly nodeToNodeConnections?: number;
}

export const TRAFFIC_LIMITS = {
  public: { average: 50, burst: 100, concurrent: 64 },
  api: { average: 100, burst: 200, concurrent: 64 },
  nodeToNodeConnections: 16,
} as const satisfies Required<TrafficLimits>;
