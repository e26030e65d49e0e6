package dev.dibs.api.operations;

/** What became of an operator's wish. */
sealed interface Outcome<T> {

    record Created<T>(T value) implements Outcome<T> {}

    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Problem problem) implements Outcome<T> {}
}
