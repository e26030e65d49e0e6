package dev.dibs.api.operations;

import java.util.List;

/** What came of reading a document. */
sealed interface Reading<T> {

    record Sound<T>(T value) implements Reading<T> {}

    /** @param faults all there are, at least one */
    record Faulty<T>(List<Fault> faults) implements Reading<T> {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
