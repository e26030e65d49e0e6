package dev.dibs.chaos.cluster;

/** How the Redis servers of an installation belong together. */
public enum RedisKind {
    /** A master, a replica, three Sentinels. */
    SENTINEL,
    /** Three masters of a Redis Cluster. */
    CLUSTER
}
