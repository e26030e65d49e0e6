package dev.dibs.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One direction of a connection. Whatever is late, and however late the machine is: what was sent first arrives first, as
 * TCP promises. All on the event loop of both channels.
 */
final class Lane {
    private final Channel target;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private long lastDue;

    /** @param due when it may arrive, by {@link System#nanoTime} */
    private record Piece(long due, ByteBuf bytes) {}

    Lane(Channel target) {
        this(target, System::nanoTime);
    }

    Lane(Channel target, LongSupplier nanoTime) {
        this.target = target;
        this.nanoTime = nanoTime;
        this.lastDue = nanoTime.getAsLong();
    }

    /** When the last of what waits will be through, or a time that is over. */
    long lastDue() {
        return lastDue;
    }

    /** Passes the bytes on at this time, or behind what is to arrive later than that. */
    void send(long due, ByteBuf bytes) {
        lastDue = due - lastDue > 0 ? due : lastDue;
        waiting.add(new Piece(lastDue, bytes));
        // Else somebody is due to look at the first one already.
        if (waiting.size() == 1) {
            drain();
        }
    }

    private void drain() {
        while (!waiting.isEmpty() && waiting.peek().due - nanoTime.getAsLong() <= 0) {
            target.writeAndFlush(waiting.poll().bytes);
        }
        if (!waiting.isEmpty()) {
            long left = Math.max(1, waiting.peek().due - nanoTime.getAsLong());
            target.eventLoop().schedule(this::drain, left, TimeUnit.NANOSECONDS);
        }
    }
}
