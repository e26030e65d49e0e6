package dev.dibs.chaos.fault;

/**
 * What came of an attempt to make a fault. One that was not made proves nothing, so it is not counted as made.
 *
 * @param what exactly was done, or why not; for the report
 */
public record Outcome(boolean made, String what) {

    static Outcome made(String what) {
        return new Outcome(true, what);
    }

    public static Outcome notMade(String why) {
        return new Outcome(false, why);
    }

    static Outcome madeIf(boolean made, String what) {
        return new Outcome(made, what);
    }
}
