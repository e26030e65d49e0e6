package dev.dibs.api.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServer;

/**
 * Closes connections on which nothing has moved for a while, between requests or in the middle of one, unless it is the
 * server that takes long: a client that has gone without a word must not hold a place for ever. One handler for a connection's whole life; Reactor Netty's own
 * idle time-out puts one in and takes it out for each request.
 */
final class AbsentClients extends IdleStateHandler {
    private AbsentClients(Duration patience) {
        super(0, 0, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    static HttpServer closedBy(HttpServer server, Duration patience) {
        return server.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addFirst("dibs.absent-clients", new AbsentClients(patience)));
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        if (!isWaitingForUs(context.channel())) {
            context.close();
        }
    }

    /** The client has asked, and has taken all that was answered so far: it is this server that takes long. */
    private static boolean isWaitingForUs(Channel channel) {
        ChannelOperations<?, ?> request = ChannelOperations.get(channel);
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return request != null && request.isInboundDisposed() && unsent != null && unsent.totalPendingWriteBytes() == 0;
    }
}
