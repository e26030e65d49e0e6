package dev.dibs.chaos.workload;

/** An activity of the run, and what its clients know of it. */
final class Sale {
    private final String id;
    private final int limit;
    private volatile boolean published;
    private volatile boolean soldOut;
    private volatile boolean paused;
    private int imports;

    Sale(String id, int limit) {
        this.id = id;
        this.limit = limit;
    }

    String id() {
        return id;
    }

    int limit() {
        return limit;
    }

    void published() {
        published = true;
    }

    boolean isPublished() {
        return published;
    }

    /** Somebody was told so; a recovery or more stock may prove it wrong. */
    void saidToBeSoldOut(boolean said) {
        soldOut = said;
    }

    boolean isSaidToBeSoldOut() {
        return soldOut;
    }

    /** Whether somebody may have paused it who has not seen it go on. */
    void mayBePaused(boolean may) {
        paused = may;
    }

    boolean mayBePaused() {
        return paused;
    }

    /** Number of the next import, from 0. */
    synchronized int nextImport() {
        return imports++;
    }

    synchronized int imports() {
        return imports;
    }
}
