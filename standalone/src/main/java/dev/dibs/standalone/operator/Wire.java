package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Requests to one server, and what to say where it does not answer. */
final class Wire {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** How often a long answer is looked after. */
    private static final long LOOK_MILLIS = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;

    Wire(URI server) {
        this.server = server;
    }

    /**
     * @param goesOn asked every now and then; whether it is still worth waiting
     * @throws ProblemException caused by an {@link IOException} where the connection breaks, or it did not go on
     */
    HttpResponse<byte[]> exchange(HttpRequest request, BodyHandler<byte[]> answer, BooleanSupplier goesOn) {
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, answer);
        try {
            while (true) {
                try {
                    return response.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (!goesOn.getAsBoolean()) {
                        throw new IOException("nothing more came", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw broken(e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause()));
        } catch (IOException e) {
            throw broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("interrupted", e);
        } finally {
            // Of one that has come this is no news.
            response.cancel(true);
        }
    }

    private ProblemException broken(IOException e) {
        return new ProblemException(unreachable(e.getMessage()), e);
    }

    String unreachable(String reason) {
        return "the server at " + server + " cannot be reached: " + (reason == null ? "no connection" : reason);
    }
}
