package dev.dibs.chaos.workload;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** HTTP/1.1 on connections that are kept open. A request that fails is an answer, too: nothing here throws for it. */
final class Http {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final List<URI> apis;

    Http(List<URI> apis) {
        this.apis = apis;
    }

    /**
     * @param status 0 where there was no answer
     * @param at when it was sent, epoch milliseconds
     * @param took milliseconds
     * @param failure why there was no answer; else empty
     */
    record Reply(int status, byte[] body, long at, long took, String failure) {}

    /** A call that has not been sent yet. */
    record Call(String method, String path, String token, String contentType, byte[] body) {
        static Call get(String path, String token) {
            return new Call("GET", path, token, "", new byte[0]);
        }

        static Call post(String path, String token) {
            return new Call("POST", path, token, "", new byte[0]);
        }
    }

    int instances() {
        return apis.size();
    }

    Reply send(int api, Call call, Duration timeout) {
        return sendAsync(api, call, timeout).join();
    }

    /** Completes with a reply in any case, at most a little after the time is over. */
    CompletableFuture<Reply> sendAsync(int api, Call call, Duration timeout) {
        long at = System.currentTimeMillis();
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request(api, call, timeout), BodyHandlers.ofByteArray());
        // The request's own time ends with the headers; a body that never ends would be waited for for ever.
        CompletableFuture<HttpResponse<byte[]>> bounded =
                sent.copy().orTimeout(timeout.toMillis() + 50, TimeUnit.MILLISECONDS);
        return bounded.handle((response, error) -> {
            long took = (System.nanoTime() - begun) / 1_000_000;
            if (error == null) {
                return new Reply(response.statusCode(), response.body(), at, took, "");
            }
            sent.cancel(true);
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            return new Reply(0, new byte[0], at, took, cause.getClass().getSimpleName());
        });
    }

    private HttpRequest request(int api, Call call, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(apis.get(api).resolve(call.path))
                .timeout(timeout)
                .method(call.method, publisher(call));
        if (!call.token.isEmpty()) {
            request.header("Authorization", "Bearer " + call.token);
        }
        if (!call.contentType.isEmpty()) {
            request.header("Content-Type", call.contentType);
        }
        return request.build();
    }

    private static BodyPublisher publisher(Call call) {
        return call.body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body);
    }
}
