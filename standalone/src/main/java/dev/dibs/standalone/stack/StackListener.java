package dev.dibs.standalone.stack;

import java.time.Duration;

/** Is told how a stack comes up and goes down. */
public interface StackListener {
    /** Tells nobody. */
    StackListener SILENT = new StackListener() {};

    /**
     * A part is up.
     *
     * @param address empty where there is none
     * @param time it took
     */
    default void started(String part, String address, Duration time) {}

    /** A part has been stopped. */
    default void stopped(String part, Duration time) {}
}
