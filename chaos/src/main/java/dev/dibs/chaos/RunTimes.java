package dev.dibs.chaos;

import java.time.Duration;

/** When a run came to what. */
final class RunTimes {
    private long begin;
    private long warm;
    private long firstFault;
    private long healed;

    void begin() {
        begin = System.currentTimeMillis();
    }

    /** What was started has served for a while. */
    void warm() {
        warm = System.currentTimeMillis();
    }

    void firstFault() {
        firstFault = System.currentTimeMillis();
    }

    void healed() {
        healed = System.currentTimeMillis();
    }

    long warmAt() {
        return warm;
    }

    long firstFaultAt() {
        return firstFault;
    }

    long healedAt() {
        return healed;
    }

    Duration sinceBegin() {
        return Duration.ofMillis(System.currentTimeMillis() - begin);
    }

    Duration sinceFirstFault() {
        return Duration.ofMillis(System.currentTimeMillis() - firstFault);
    }

    Duration withFaults() {
        return Duration.ofMillis(healed - firstFault);
    }
}
