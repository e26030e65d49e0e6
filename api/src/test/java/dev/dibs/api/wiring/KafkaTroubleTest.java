package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.Test;

class KafkaTroubleTest {
    private static final String SILENT = "Kafka does not answer at the address in dibs.kafka";

    @Test
    void silenceIsToldAsSuch() {
        assertThat(KafkaTrouble.cannotStart(new TimeoutException())).hasMessage(SILENT);
        assertThat(KafkaTrouble.cannotStart(new ExecutionException(
                        new org.apache.kafka.common.errors.TimeoutException("Call(callName=listTopics)"))))
                .hasMessage(SILENT);
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        assertThat(KafkaTrouble.cannotStart(
                        new ExecutionException(new InvalidReplicationFactorException("3 of 1 brokers"))))
                .hasMessage("Kafka at the address in dibs.kafka cannot be used: 3 of 1 brokers");
    }
}
