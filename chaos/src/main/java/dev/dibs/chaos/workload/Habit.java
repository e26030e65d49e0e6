package dev.dibs.chaos.workload;

import java.util.random.RandomGenerator;

/** How a buyer goes about it. */
enum Habit {
    /** Asks, and asks again with the same requestId as long as nothing has been decided. */
    STEADY(50),
    /** Gives up waiting before most answers under load, and asks again with the same requestId at the other instance. */
    IMPATIENT(12),
    /** Asks again with a new requestId: a page that was reloaded. */
    FORGETFUL(10),
    /** The same request twice at the same time, at two instances. */
    SENDS_TWICE(10),
    /** Two requests at the same time, at two instances. */
    PRESSES_TWICE(10),
    /** Names no requestId at all. */
    NAMELESS(8);

    private final int percent;

    Habit(int percent) {
        this.percent = percent;
    }

    static Habit any(RandomGenerator dice) {
        int left = dice.nextInt(100);
        for (Habit habit : values()) {
            left -= habit.percent;
            if (left < 0) {
                return habit;
            }
        }
        return STEADY;
    }
}
