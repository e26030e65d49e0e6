package dev.dibs.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy.StrategyType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadThroughTest {
    private static final TopicPartition PARTITION = new TopicPartition("dibs.activities", 0);

    private final MockConsumer<String, String> consumer = new MockConsumer<>(StrategyType.EARLIEST.toString());
    private final ReadThrough readThrough = new ReadThrough();

    @BeforeEach
    void nothingIsThere() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        written(0);
    }

    private void written(long end) {
        consumer.updateEndOffsets(Map.of(PARTITION, end));
    }

    private void read(long offset) {
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "key", "value"));
        consumer.poll(Duration.ZERO);
    }

    @Test
    void whoAsksIsAnsweredOnceWhatWasThereThenIsRead() {
        written(2);
        CompletableFuture<Void> asked = readThrough.ask();

        readThrough.answer(consumer);
        read(0);
        readThrough.answer(consumer);
        assertThat(asked).isNotDone();
        read(1);
        written(5);
        readThrough.answer(consumer);

        assertThat(asked).isCompleted();
    }

    @Test
    void whoAsksMeanwhileHasToHaveReadForHimWhatIsThereThen() {
        written(1);
        CompletableFuture<Void> first = readThrough.ask();
        readThrough.answer(consumer);
        written(2);
        CompletableFuture<Void> second = readThrough.ask();

        read(0);
        readThrough.answer(consumer);
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        readThrough.answer(consumer);
        assertThat(second).isNotDone();
        read(1);
        readThrough.answer(consumer);

        assertThat(second).isCompleted();
    }

    @Test
    void whereTheEndIsNotToldWhoWaitsIsToldSoAndTheNextOneHasItAskedAgain() {
        CompletableFuture<Void> asked = readThrough.ask();
        consumer.setOffsetsException(new KafkaException("no broker"));

        assertThatThrownBy(() -> readThrough.answer(consumer)).isInstanceOf(KafkaException.class);

        assertThat(asked).isCompletedExceptionally();
        CompletableFuture<Void> next = readThrough.ask();
        readThrough.answer(consumer);
        assertThat(next).isCompleted();
    }

    @Test
    void whoHasGoneKeepsNobodyWaiting() {
        written(7);
        CompletableFuture<Void> gone = readThrough.ask();
        readThrough.answer(consumer);
        gone.cancel(false);
        written(0);
        CompletableFuture<Void> asked = readThrough.ask();

        readThrough.answer(consumer);

        assertThat(asked).isCompleted();
    }

    @Test
    void onceNothingIsReadAnyMoreEverybodyIsToldSo() {
        written(1);
        CompletableFuture<Void> waiting = readThrough.ask();
        readThrough.answer(consumer);
        CompletableFuture<Void> asked = readThrough.ask();

        readThrough.close(new KafkaException("over"));

        assertThat(List.of(waiting, asked, readThrough.ask())).allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
