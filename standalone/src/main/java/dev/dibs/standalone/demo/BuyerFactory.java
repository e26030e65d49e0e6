package dev.dibs.standalone.demo;

import dev.dibs.benchmarks.Tokens;
import dev.dibs.standalone.demo.Buyer.Habit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes a crowd: the same one from the same seed, but for the tokens. */
final class BuyerFactory {
    private static final double REPEATS = 0.05;
    private static final double PRESSES_TWICE = 0.05;
    private static final double HAMMERS = 0.002;
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
            Habit habit = habit(random.nextDouble());
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

    private static Habit habit(double dice) {
        if (dice < REPEATS) {
            return Habit.REPEATS;
        }
        if (dice < REPEATS + PRESSES_TWICE) {
            return Habit.PRESSES_TWICE;
        }
        return dice < REPEATS + PRESSES_TWICE + HAMMERS ? Habit.HAMMERS : Habit.STEADY;
    }

    /** A buyer with an account of its own. */
    record Registered(String user, String token) {}
}
