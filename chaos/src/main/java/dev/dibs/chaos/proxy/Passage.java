package dev.dibs.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One connection through the proxy: both of its channels live on the same event loop, so nothing here is shared. */
final class Passage {
    private static final int PIECE_BYTES = 256;
    private static final long READ_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String client;
    private final String server;
    private final Supplier<Trouble> trouble;
    private final Channel fromClient;
    private final Channel toServer;
    private final Lane requests;
    private final Lane replies;
    /** What made bytes get lost: once it is over, whatever came later would make no sense to who reads it. */
    private Trouble brokenBy;

    /** @param trouble on this link at the moment, or null */
    Passage(String client, String server, Supplier<Trouble> trouble, Channel fromClient, Channel toServer) {
        this.client = client;
        this.server = server;
        this.trouble = trouble;
        this.fromClient = fromClient;
        this.toServer = toServer;
        this.requests = new Lane(toServer);
        this.replies = new Lane(fromClient);
    }

    String client() {
        return client;
    }

    String server() {
        return server;
    }

    void open() {
        fromClient.pipeline().addLast(new End(true));
        toServer.pipeline().addLast(new End(false));
        fromClient.config().setAutoRead(true);
        toServer.config().setAutoRead(true);
    }

    /** To be called when the troubles have changed: a link that is cut, or was broken by one that is over, is closed. */
    void troublesChanged() {
        fromClient.eventLoop().execute(() -> {
            Trouble now = trouble.get();
            if (now == Trouble.CUT || isBeyondUse(now)) {
                close();
            }
        });
    }

    private boolean isBeyondUse(Trouble now) {
        return brokenBy != null && now != brokenBy;
    }

    void close() {
        fromClient.close();
        toServer.close();
    }

    private void pass(boolean request, ByteBuf bytes) {
        Trouble now = trouble.get();
        if (now == Trouble.CUT || isBeyondUse(now)) {
            bytes.release();
            close();
        } else if (now != null && (request ? now.losesRequests() : now.losesReplies())) {
            brokenBy = now;
            bytes.release();
        } else if (now == Trouble.NARROW) {
            squeeze(request, bytes);
        } else {
            long delay = now == Trouble.DELAY ? Trouble.DELAY_MILLIS : 0;
            lane(request).send(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay), bytes);
        }
    }

    /** Passes it on piece by piece, and reads no more until most of it is through: the sender's buffers fill, as they do. */
    private void squeeze(boolean request, ByteBuf bytes) {
        Lane lane = lane(request);
        while (bytes.isReadable()) {
            int length = Math.min(PIECE_BYTES, bytes.readableBytes());
            long due = Math.max(lane.lastDue(), System.nanoTime())
                    + length * 1_000_000_000L / Trouble.NARROW_BYTES_PER_SECOND;
            lane.send(due, bytes.readRetainedSlice(length));
        }
        bytes.release();
        long readOnIn = lane.lastDue() - System.nanoTime() - READ_AHEAD_NANOS;
        if (readOnIn > 0) {
            Channel source = request ? fromClient : toServer;
            source.config().setAutoRead(false);
            source.eventLoop().schedule(() -> source.config().setAutoRead(true), readOnIn, TimeUnit.NANOSECONDS);
        }
    }

    private Lane lane(boolean request) {
        return request ? requests : replies;
    }

    private void ended(boolean byClient) {
        if (trouble.get() == Trouble.SILENCE) {
            // The other end does not learn of it until the network works again.
            brokenBy = Trouble.SILENCE;
            return;
        }
        Channel other = byClient ? toServer : fromClient;
        if (other.isActive()) {
            other.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class End extends ChannelInboundHandlerAdapter {
        private final boolean isClient;

        End(boolean isClient) {
            this.isClient = isClient;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                pass(isClient, bytes);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        /** Who reads slowly slows down who writes; otherwise the proxy would have to hold it all. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            Channel other = isClient ? toServer : fromClient;
            other.config().setAutoRead(context.channel().isWritable());
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended(isClient);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A reset by one end; the other end is told by the closing.
            context.close();
        }
    }
}
