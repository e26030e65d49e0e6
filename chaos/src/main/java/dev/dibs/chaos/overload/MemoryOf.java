package dev.dibs.chaos.overload;

import dev.dibs.chaos.cluster.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process has of memory. Needs Linux, and for the heap the {@code jcmd} of a JDK; -1 where it cannot be told. */
final class MemoryOf {
    static final double UNKNOWN = -1;
    private static final double KILO = 1_024;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");
    private static final long PATIENCE_SECONDS = 15;

    private MemoryOf() {}

    /** Megabytes of it that are in the machine's memory. */
    static double resident(Member member) {
        if (member.pid().isEmpty()) {
            return UNKNOWN;
        }
        try {
            Matcher line = RESIDENT.matcher(
                    Files.readString(Path.of("/proc/" + member.pid().getAsLong() + "/status")));
            return line.find() ? Long.parseLong(line.group(1)) / KILO : UNKNOWN;
        } catch (IOException e) {
            // It has just ended, or this is not Linux.
            return UNKNOWN;
        }
    }

    /** Megabytes of its heap that are in use after a full collection, which this has made. */
    static double heap(Member member) {
        if (member.pid().isEmpty()) {
            return UNKNOWN;
        }
        String pid = Long.toString(member.pid().getAsLong());
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        double kilobytes = 0;
        boolean found = false;
        // One line for each generation of the heap.
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
            found = true;
        }
        return found ? kilobytes / KILO : UNKNOWN;
    }

    private static String jcmd(String pid, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return "";
        }
        try {
            Process process = new ProcessBuilder(jcmd.toString(), pid, command)
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return out;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
