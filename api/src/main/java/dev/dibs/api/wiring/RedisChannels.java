package dev.dibs.api.wiring;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open channels to Redis. One that stays silent although something was asked is closed: a server that is stopped, or
 * a network that swallows everything, breaks no connection, and the client would wait on it for ever instead of
 * connecting anew, maybe to another master.
 */
final class RedisChannels implements NettyCustomizer {
    private static final Logger log = LoggerFactory.getLogger(RedisChannels.class);
    private static final long LOOK_MILLIS = 500;
    private static final int FLUSHED_TOGETHER = 256;

    private final long patienceNanos;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    /** @param patience how long an answer may take; longer than any command's timeout */
    RedisChannels(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(closed -> channels.remove(channel));
        // One system call for all commands that are waiting when the event loop comes round, instead of one for each.
        channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSHED_TOGETHER, true));
        channel.pipeline().addFirst(new SilenceGuard());
    }

    /** Closes the connections to this server; the client makes new ones. */
    void closeThoseTo(SocketAddress server) {
        channels.stream()
                .filter(channel -> server.equals(channel.remoteAddress()))
                .forEach(Channel::close);
    }

    /** The client makes new ones. */
    void closeAll() {
        channels.forEach(Channel::close);
    }

    private final class SilenceGuard extends ChannelDuplexHandler {
        /** When something was asked that nothing has been heard since; 0 for never. */
        private long askedAt;

        private Future<?> looking;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            looking = context.executor()
                    .scheduleWithFixedDelay(() -> look(context), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void look(ChannelHandlerContext context) {
            if (askedAt != 0 && System.nanoTime() - askedAt > patienceNanos) {
                log.warn(
                        "Redis does not answer, and is connected to anew; server={}",
                        context.channel().remoteAddress());
                askedAt = 0;
                context.close();
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (askedAt == 0) {
                askedAt = System.nanoTime();
            }
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            askedAt = 0;
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            looking.cancel(false);
            context.fireChannelInactive();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            looking.cancel(false);
        }
    }
}
