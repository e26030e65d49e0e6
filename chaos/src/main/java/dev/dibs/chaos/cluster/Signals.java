package dev.dibs.chaos.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send. */
final class Signals {
    private static final long SECONDS = 5;

    private Signals() {}

    /** @return whether there was such a process */
    static boolean send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                throw new ClusterException("Signal " + signal + " could not be sent to process " + pid);
            }
            return kill.exitValue() == 0;
        } catch (IOException e) {
            throw new ClusterException("Signal " + signal + " could not be sent to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }
}
