package dev.dibs.exports;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What has become of a ticket that was won, as of a position of the log. */
public enum TicketState {
    GRANTED,
    REDEEMED,
    REVOKED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where there is none of this label; the message lists those there are */
    public static TicketState of(String label) {
        return Stream.of(values())
                .filter(state -> state.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () -> Words.unknown(label, "state", Stream.of(values()).map(TicketState::label)));
    }

    /**
     * Labels with commas between them.
     *
     * @throws IllegalArgumentException where one is unknown or there twice
     */
    public static Set<TicketState> set(String labels) {
        Set<TicketState> states = EnumSet.noneOf(TicketState.class);
        for (String label : Words.split(labels)) {
            if (!states.add(of(label))) {
                throw Words.twice(label);
            }
        }
        return states;
    }
}
