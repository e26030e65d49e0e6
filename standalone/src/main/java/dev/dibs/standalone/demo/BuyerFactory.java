package dev.dibs.standalone.demo;

import dev.dibs.benchmarks.Tokens;
import dev.dibs.standalone.demo.Buyer.Habit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes a crowd: the same one from the same seed, but for the tokens. */
final class BuyerFactory {
    /** Of each thousand: by count and not by chance, or now and then a crowd would have nobody who hammers. */
    private static final int REPEAT = 50;

    private static final int PRESS_TWICE = 50;
    private static final int HAMMER = 2;
    private static final int OF = 1_000;
    /** Has no factor in common with a thousand, so that each habit comes up all over it. */
    private static final int STRIDE = 919;

    private static final double TOO_EARLY = 0.02;
    /** So many winners look at their tickets, on average. */
    private static final double CHECKS = 100;

    private final Random random;
    private final Tokens tokens;

    BuyerFactory(long seed, Tokens tokens) {
        this.random = new Random(seed);
        this.tokens = tokens;
    }

    /**
     * @param registered who registered over HTTP and comes with the token from there
     * @param stock how many of them can win
     */
    List<Buyer> crowd(int size, List<Registered> registered, long stock) {
        List<Buyer> buyers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Habit habit = habit(i);
            boolean tooEarly = random.nextDouble() < TOO_EARLY;
            boolean checks = random.nextDouble() * Math.max(1, stock) < CHECKS;
            Registered own = i < registered.size() ? registered.get(i) : null;
            String user = own == null ? "demo-buyer-" + i : own.user();
            String token = own == null ? tokens.of(user) : own.token();
            buyers.add(new Buyer(i, user, token, habit, tooEarly, checks));
        }
        Collections.shuffle(buyers, random);
        return buyers;
    }

    private static Habit habit(int number) {
        int place = (int) ((number + 1L) * STRIDE % OF);
        if (place < HAMMER) {
            return Habit.HAMMERS;
        }
        if (place < HAMMER + REPEAT) {
            return Habit.REPEATS;
        }
        return place < HAMMER + REPEAT + PRESS_TWICE ? Habit.PRESSES_TWICE : Habit.STEADY;
    }

    /** A buyer with an account of its own. */
    record Registered(String user, String token) {}
}
