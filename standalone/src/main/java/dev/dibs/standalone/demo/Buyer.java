package dev.dibs.standalone.demo;

/**
 * One of the crowd.
 *
 * @param number from 0
 * @param user the subject of the token
 * @param comesTooEarly also tries before the sale opens
 * @param checksTicket looks at its ticket at once, should it win one
 */
record Buyer(int number, String user, String token, Habit habit, boolean comesTooEarly, boolean checksTicket) {

    /** How a buyer goes about it. */
    enum Habit {
        /** Asks once. */
        STEADY,
        /** Asks again with the same requestId, as after a lost answer. */
        REPEATS,
        /** Presses twice at the same time, with two requestIds. */
        PRESSES_TWICE,
        /** Is a script that does not stop pressing, whatever it is told. */
        HAMMERS
    }

    String request(int press) {
        return "demo-" + number + "-" + press;
    }
}
