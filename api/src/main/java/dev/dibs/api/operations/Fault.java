package dev.dibs.api.operations;

/**
 * One thing that is wrong with a document or a parameter.
 *
 * @param field its path, such as {@code tickets[0].start_time}; empty where the whole is meant
 * @param message what is wrong, what is allowed, and where it stands if that is known
 */
public record Fault(String field, String message) {
    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
