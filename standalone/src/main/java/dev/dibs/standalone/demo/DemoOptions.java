package dev.dibs.standalone.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo is to be like.
 *
 * @param buyers in the crowd
 * @param connections that they share
 * @param seed of their habits and their order
 * @param activity YAML file
 * @param codes CSV file
 * @param results where the exported results are written
 * @param pictures where the report in pictures is written
 * @param opensIn from the creation of the activity to its opening
 * @param settle how long everything derived from the log may take to catch up
 */
public record DemoOptions(
        int buyers,
        int connections,
        long seed,
        Path activity,
        Path codes,
        Path results,
        Path pictures,
        Duration opensIn,
        Duration settle) {
    public static final int MOST_BUYERS = 1_000_000;
    public static final int MOST_CONNECTIONS = 10_000;

    public DemoOptions {
        if (buyers < 1 || buyers > MOST_BUYERS) {
            throw new IllegalArgumentException("buyers must be 1 to " + MOST_BUYERS + " but is " + buyers);
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connections must be 1 to " + MOST_CONNECTIONS + " but is " + connections);
        }
    }
}
