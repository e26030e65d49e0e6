package dev.dibs.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** Sends load from a process of its own, over connections that are kept open. */
public interface Driver {

    /** What a person reads about it. */
    String name();

    /** Sends as much as is answered, until the time is over. Fails where the driver itself does. */
    Measurement run(Load load, int connections, Duration time) throws IOException, InterruptedException;
}
