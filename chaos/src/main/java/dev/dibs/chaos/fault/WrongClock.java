package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.servers.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One API instance runs with a clock that is wrong by a minute. It needs Linux and a C compiler: a few lines of C are
 * loaded before the C library and change what the whole process is told of the time of day.
 */
final class WrongClock implements Fault {
    private static final String SOURCE = """
            #define _GNU_SOURCE
            #include <stdlib.h>
            #include <sys/syscall.h>
            #include <sys/time.h>
            #include <time.h>
            #include <unistd.h>
            static long off(void) { const char *s = getenv("CHAOS_CLOCK_SECONDS"); return s ? atol(s) : 0; }
            int clock_gettime(clockid_t id, struct timespec *t) {
              int r = syscall(SYS_clock_gettime, id, t);
              if (r == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) t->tv_sec += off();
              return r;
            }
            int gettimeofday(struct timeval *t, void *zone) {
              struct timespec now;
              int r = clock_gettime(CLOCK_REALTIME, &now);
              if (t) { t->tv_sec = now.tv_sec; t->tv_usec = now.tv_nsec / 1000; }
              return r;
            }
            time_t time(time_t *t) {
              struct timespec now;
              clock_gettime(CLOCK_REALTIME, &now);
              if (t) *t = now.tv_sec;
              return now.tv_sec;
            }
            """;

    private Member struck;

    static boolean canBeStaged() {
        return System.getProperty("os.name").equals("Linux")
                && Executables.find("cc").isPresent();
    }

    @Override
    public String name() {
        return "api-clock-wrong";
    }

    @Override
    public Set<Part> parts() {
        return Part.ALL;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        struck = Choice.one("api-").of(cluster, random).get(0);
        String seconds = random.nextBoolean() ? "60" : "-60";
        Path library = compile(struck.folder());
        struck.stop();
        struck.start(Map.of("LD_PRELOAD", library.toString(), "CHAOS_CLOCK_SECONDS", seconds));
        struck.awaitReady();
        return Outcome.madeIf(hasLoaded(struck, library), struck.name() + " goes wrong by " + seconds + " s");
    }

    /** A library that cannot be loaded is passed over with a warning; and who ended meanwhile was started without it. */
    private static boolean hasLoaded(Member member, Path library) {
        try {
            return member.pid().isPresent()
                    && Files.readString(Path.of("/proc/" + member.pid().getAsLong() + "/maps"))
                            .contains(library.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static Path compile(Path folder) {
        Path library = folder.resolve("clock.so");
        try {
            Path source = Files.writeString(folder.resolve("clock.c"), SOURCE);
            Process compiler = new ProcessBuilder(
                            List.of("cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("clock.log").toFile())
                    .start();
            if (!compiler.waitFor(30, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                throw new ClusterException("The clock cannot be compiled; see " + folder.resolve("clock.log"));
            }
            return library;
        } catch (IOException e) {
            throw new ClusterException("The clock cannot be compiled: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(5_000 + random.nextInt(5_000));
    }

    @Override
    public void heal(Cluster cluster) {
        if (struck != null) {
            struck.stop();
        }
    }
}
