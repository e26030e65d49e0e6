package dev.dibs.api.wiring;

import dev.dibs.api.CannotStartException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Why this service cannot start on its Kafka, in the one line that an operator reads. */
final class KafkaTrouble {
    private KafkaTrouble() {}

    /** Silence is told as such; a refusal, such as of too great a replication, is told with Kafka's own reason. */
    static CannotStartException cannotStart(Exception error) {
        Throwable reason = error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
        boolean silent =
                reason instanceof TimeoutException || reason instanceof org.apache.kafka.common.errors.TimeoutException;
        return new CannotStartException(
                silent
                        ? "Kafka does not answer at the address in dibs.kafka"
                        : "Kafka at the address in dibs.kafka cannot be used: " + reason.getMessage(),
                error);
    }
}
