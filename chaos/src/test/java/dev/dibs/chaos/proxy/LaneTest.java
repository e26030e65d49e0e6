package dev.dibs.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final Lane lane = new Lane(channel, () -> now);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsNotLatePassesAtOnce() {
        lane.send(now, bytes("a"));

        assertThat(arrived()).containsExactly("a");
    }

    /** On a busy machine the one that is due is looked at late; what comes meanwhile must not go past it. */
    @Test
    void whatIsLateIsNotOvertaken() {
        lane.send(1_000, bytes("a"));
        lane.send(999, bytes("b"));
        now = 1_500;

        lane.send(now, bytes("c"));
        assertThat(arrived()).as("nobody has looked yet").isEmpty();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(arrived()).containsExactly("a", "b", "c");
    }

    private List<String> arrived() {
        List<String> arrived = new ArrayList<>();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            arrived.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return arrived;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
