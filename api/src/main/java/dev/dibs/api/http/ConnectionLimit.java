package dev.dibs.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.http.server.HttpServer;

/**
 * Bounds the connections that are served at one time. Whoever connects beyond that is answered 503 and -3, whatever he
 * asks for, and his connection is closed; without it each connection of a flood would take its memory, until there is
 * none. Beyond twice the number connections are closed without a word.
 */
final class ConnectionLimit {
    private static final String BODY =
            "{\"ret\":-3,\"message\":\"too many connections, please try again\",\"data\":{}}";
    private static final ByteBuf ANSWER = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                    .writeBytes(
                            ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: "
                                            + BODY.length() + "\r\nCache-Control: no-store\r\nRetry-After: 1\r\n"
                                            + "Connection: close\r\n\r\n" + BODY)
                                    .getBytes(StandardCharsets.US_ASCII)))
            .asReadOnly();
    /** Who is turned away without having asked for anything waits for no answer. */
    private static final long LINGERS_MILLIS = 1_000;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    private ConnectionLimit(int most) {
        this.most = most;
    }

    static HttpServer on(HttpServer server, int most) {
        ConnectionLimit limit = new ConnectionLimit(most);
        return server.doOnChannelInit((observer, channel, address) -> limit.opened(channel));
    }

    private void opened(Channel channel) {
        int now = open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (now > most) {
            channel.pipeline().addFirst("dibs.turned-away", new TurnedAway(now > 2L * most));
        }
    }

    private static final class TurnedAway extends ChannelInboundHandlerAdapter {
        private final boolean silently;
        private boolean answered;

        TurnedAway(boolean silently) {
            this.silently = silently;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (silently) {
                context.close();
                return;
            }
            context.executor().schedule(() -> context.close(), LINGERS_MILLIS, TimeUnit.MILLISECONDS);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (!answered) {
                answered = true;
                context.writeAndFlush(ANSWER.duplicate()).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }
}
