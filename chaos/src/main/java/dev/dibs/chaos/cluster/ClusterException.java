package dev.dibs.chaos.cluster;

/** The installation cannot be brought where it is to be; that says nothing about what is tested on it. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
