package dev.dibs.testkit;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A server that is started when it is first asked for, and closed only if it has been. */
final class Lazy<T> {
    private final Supplier<T> starter;
    private final Consumer<T> closer;
    private T value;

    Lazy(Supplier<T> starter, Consumer<T> closer) {
        this.starter = starter;
        this.closer = closer;
    }

    synchronized T get() {
        if (value == null) {
            value = starter.get();
        }
        return value;
    }

    synchronized void close() {
        if (value != null) {
            closer.accept(value);
            value = null;
        }
    }
}
