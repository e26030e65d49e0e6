package dev.dibs.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** For how long no grab was confirmed: by any API instance, and by the one that was longest without. */
final class Gaps {
    /**
     * @param anywhere the longest time in which no instance confirmed one
     * @param slowestInstance the longest time in which one of the instances did not, whatever the others did
     */
    record Longest(Duration anywhere, Duration slowestInstance) {}

    private final int instances;
    /** By instance, and behind them for all together. */
    private final long[] last;

    private final long[] longest;
    private final long[] confirmations;

    Gaps(int instances) {
        this.instances = instances;
        this.last = new long[instances + 1];
        this.longest = new long[instances + 1];
        this.confirmations = new long[instances];
    }

    /** From now on gaps are measured anew. */
    synchronized void watch() {
        Arrays.fill(longest, 0);
        Arrays.fill(last, System.nanoTime());
    }

    synchronized void confirmed(int instance) {
        long now = System.nanoTime();
        note(instance, now);
        note(instances, now);
        confirmations[instance]++;
        notifyAll();
    }

    private void note(int index, long now) {
        longest[index] = Math.max(longest[index], now - last[index]);
        last[index] = now;
    }

    /**
     * Waits until every instance has confirmed one more.
     *
     * @return the gaps since {@link #watch}; empty where an instance did not in time
     */
    synchronized Optional<Longest> awaitAll(Duration atMost) {
        long[] before = confirmations.clone();
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!allBeyond(before)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        long slowest = Arrays.stream(longest, 0, instances).max().orElse(0);
        return Optional.of(new Longest(Duration.ofNanos(longest[instances]), Duration.ofNanos(slowest)));
    }

    private boolean allBeyond(long[] before) {
        for (int i = 0; i < instances; i++) {
            if (confirmations[i] == before[i]) {
                return false;
            }
        }
        return true;
    }
}
