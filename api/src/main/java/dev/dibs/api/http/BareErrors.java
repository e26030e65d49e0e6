package dev.dibs.api.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Gives errors a body that are answered before anything of ours, or of Spring's dispatcher, sees the request: a path that
 * is not percent-encoded, a request line or a header that is too long, what is no HTTP at all. For everything else it
 * costs a comparison.
 */
final class BareErrors extends ChannelDuplexHandler {
    private static final int BAD_REQUEST = 400;
    private static final Map<Integer, String> MESSAGES = Map.of(
            BAD_REQUEST,
            "the request is malformed; its path and parameters must be percent-encoded UTF-8",
            403,
            "this is not allowed from another origin",
            413,
            "the body is too large",
            414,
            "the request line must have at most 8192 bytes",
            431,
            "the headers must have at most 16384 bytes together");

    /** Of the last request that was read; a client that does not wait for answers may get the other form. */
    private boolean fromOperators;

    private boolean withoutBody;

    static HttpServer answeredBy(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "dibs.bare-errors", new BareErrors()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            fromOperators = request.uri().startsWith("/admin");
            withoutBody = request.method().equals(HttpMethod.HEAD);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse response
                && response.status().code() >= BAD_REQUEST
                && !response.content().isReadable()
                && !withoutBody) {
            context.write(withBody(response), promise);
        } else {
            context.write(message, promise);
        }
    }

    private FullHttpResponse withBody(FullHttpResponse bare) {
        int status = bare.status().code();
        FullHttpResponse whole = fromOperators
                ? ProblemAnswer.of(HttpStatus.valueOf(status), message(status)).to(bare)
                : Errors.envelope(HttpStatus.valueOf(status), message(status)).to(bare);
        bare.release();
        return whole;
    }

    private static String message(int status) {
        return MESSAGES.getOrDefault(status, "the request cannot be taken");
    }
}
