package dev.dibs.projector.rebuild;

/** A rebuild that has not switched the pointer: what was read before is read still. */
public final class RebuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RebuildException(String message) {
        super(message);
    }
}
