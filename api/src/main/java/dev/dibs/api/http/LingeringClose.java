package dev.dibs.api.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Closes a connection whose request was answered before all of it had come, as a body that is too large or that nobody
 * wants, in two steps: no more is said, and what still comes is thrown away for a while. Closed at once, with bytes
 * unread, the system would reset the connection, and throw away what the client has not taken of its answer (RFC 9112,
 * section 9.6).
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final long LINGERS_MILLIS = 1_000;

    private boolean isBeingAsked;
    private boolean lingers;

    static HttpServer on(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "dibs.lingering-close", new LingeringClose()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            isBeingAsked = true;
        }
        if (message instanceof LastHttpContent) {
            isBeingAsked = false;
        }
        if (!lingers) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!isBeingAsked) {
            context.close();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (lingers
                || !isBeingAsked
                || !context.channel().isActive()
                || !(context.channel() instanceof DuplexChannel channel)) {
            context.close(promise);
            return;
        }
        lingers = true;
        channel.shutdownOutput().addListener(said -> {
            context.executor().schedule(() -> context.close(promise), LINGERS_MILLIS, TimeUnit.MILLISECONDS);
            channel.config().setAutoRead(true);
        });
    }
}
