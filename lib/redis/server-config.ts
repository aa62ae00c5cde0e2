/** Files that tell a container its memory limit, in either version of control groups. */
export const MEMORY_LIMIT = '/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes';

// Whatever the limit is when it starts: the limit can be changed on a running container, which restarts Redis.
export const START_SERVER = `exec redis-server /etc/redis/redis.conf --maxmemory $(($(cat ${MEMORY_LIMIT} 2>/dev/null | head -n 1) * 45 / 100))`;

/** An acknowledged write is on disk, and a full memory refuses writes instead of dropping what only this copy has. */
export const DURABLE = `dir /redis
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
`;
