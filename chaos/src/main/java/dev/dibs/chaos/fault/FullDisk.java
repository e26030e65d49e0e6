package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * No file of a process may grow beyond a few bytes any more (RLIMIT_FSIZE): each write then fails as on a full disk, but
 * with another error code (EFBIG, not ENOSPC). Files that are written in place, below their present size, are not hit.
 */
final class FullDisk implements Fault {
    private static final String NOTHING = "64";

    private final String name;
    private final Choice choice;
    private List<Member> struck = List.of();

    FullDisk(String name, Choice choice) {
        this.name = name;
        this.choice = choice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.called(name));
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        struck = choice.of(cluster, random);
        for (Member member : struck) {
            if (!limit(member, NOTHING + ":unlimited")) {
                return Outcome.notMade(member.name() + " does not run, or prlimit may not limit it");
            }
        }
        return Outcome.made("no file of " + struck.get(0).name() + " may grow");
    }

    /** Whoever could not bear it and ended is started again without the limit. */
    @Override
    public void heal(Cluster cluster) {
        struck.forEach(member -> limit(member, "unlimited:unlimited"));
    }

    private static boolean limit(Member member, String limits) {
        OptionalLong pid = member.pid();
        return pid.isPresent() && limit(pid.getAsLong(), limits);
    }

    /** @return whether it is so now; not where the process has ended */
    static boolean limit(long pid, String limits) {
        try {
            Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + limits)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!prlimit.waitFor(5, TimeUnit.SECONDS)) {
                prlimit.destroyForcibly();
                return false;
            }
            return prlimit.exitValue() == 0;
        } catch (IOException e) {
            throw new ClusterException("prlimit cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(3_000 + random.nextInt(4_000));
    }
}
