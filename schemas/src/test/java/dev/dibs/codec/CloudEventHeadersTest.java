package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.SampleEvents;
import dev.dibs.events.TicketEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the topics with the CloudEvents SDK finds CloudEvents. */
class CloudEventHeadersTest {

    static Stream<TicketEvent> events() {
        return SampleEvents.ofEachKind().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSdkReadsWhatWasWritten(TicketEvent event) throws Exception {
        RecordHeaders headers = new RecordHeaders();
        byte[] value = TicketEventCodec.encode(event);
        CloudEventHeaders.write(headers, event, "/dibs/api/a1");

        CloudEvent read = KafkaMessageFactory.createReader(headers, value).toEvent();

        assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(read.getId()).isEqualTo(event.eventId().toString());
        assertThat(read.getType()).isEqualTo("dev.dibs." + event.getClass().getSimpleName());
        assertThat(read.getSource()).isEqualTo(URI.create("/dibs/api/a1"));
        assertThat(read.getTime().toInstant()).isEqualTo(Instant.ofEpochMilli(event.occurredAt()));
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(TicketEventCodec.decode(read.getData().toBytes())).isEqualTo(event);
    }

    @Test
    void whatIsNoTicketEventIsReadAlike() {
        RecordHeaders headers = new RecordHeaders();
        CloudEventHeaders.write(headers, "a1-7", "GrabFunnel", "/dibs/api/a1", 1_795_176_000_000L);

        CloudEvent read =
                KafkaMessageFactory.createReader(headers, new byte[] {'{', '}'}).toEvent();

        assertThat(read.getId()).isEqualTo("a1-7");
        assertThat(read.getType()).isEqualTo("dev.dibs.GrabFunnel");
        assertThat(read.getTime().toInstant()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
    }
}
