package dev.dibs.chaos.history;

/** A ticket as an answer has it. */
public record Told(String activity, String ticket, String code) {
    public Told {
        if (activity == null || ticket == null || code == null) {
            throw new IllegalArgumentException("activity, ticket and code must not be null");
        }
    }
}
