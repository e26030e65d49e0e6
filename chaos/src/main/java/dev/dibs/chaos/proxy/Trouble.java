package dev.dibs.chaos.proxy;

import java.util.Arrays;
import java.util.List;

/** What can be wrong with a link. */
public enum Trouble {
    /** Everything arrives half a second late, in both directions. */
    DELAY,
    /** A narrow road: of each connection so many bytes a second pass, and what comes faster waits. */
    NARROW,
    /** Requests arrive and are executed; the answers are lost. */
    DROP_REPLIES,
    /** Requests are lost. */
    DROP_REQUESTS,
    /** Half-open: both ends believe in the connection, but nothing passes, not even its end. */
    SILENCE,
    /** Connections are closed, and new ones refused. */
    CUT;

    static final long DELAY_MILLIS = 500;
    static final int NARROW_BYTES_PER_SECOND = 6 * 1024;

    /** Those that are faults; a narrow road is there for an overload. */
    public static List<Trouble> thatBreak() {
        return Arrays.stream(values()).filter(trouble -> trouble != NARROW).toList();
    }

    /** Whether bytes on their way to the server are lost. */
    boolean losesRequests() {
        return this == DROP_REQUESTS || this == SILENCE;
    }

    /** Whether bytes on their way to the client are lost. */
    boolean losesReplies() {
        return this == DROP_REPLIES || this == SILENCE;
    }
}
