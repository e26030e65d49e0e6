package dev.dibs.standalone.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The program's own lines. */
public final class Console {
    private final PrintWriter out;

    public Console(PrintWriter out) {
        this.out = out;
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void line(String format, Object... args) {
        line(String.format(Locale.ROOT, format, args));
    }

    /** Whether a person looks at the error output as it is written, so that a moving progress bar makes sense. */
    public static boolean isTerminal() {
        return isTerminal("/proc/self/fd/2");
    }

    /** Likewise of the output itself, so that a page may be written over the last one. */
    public static boolean isOutputTerminal() {
        return isTerminal("/proc/self/fd/1");
    }

    private static boolean isTerminal(String descriptor) {
        if (Set.of("", "dumb").contains(System.getenv().getOrDefault("TERM", ""))) {
            return false;
        }
        Path stream = Path.of(descriptor);
        try {
            // System.console() says nothing about one of the outputs, and since JDK 22 not even about a terminal.
            return Files.exists(stream)
                    ? Files.readSymbolicLink(stream).toString().matches("/dev/(pts/\\d+|tty.*)")
                    : System.console() != null;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** A time as people say it: {@code 640 ms}, {@code 2.4 s}, {@code 3 min 20 s}. */
    public static String spoken(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
