package dev.dibs.api.eligibility;

import dev.dibs.activity.Activity;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.eligibility.EligibilityOperations.InForce;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.IfMatch;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The lists over HTTP, for operators. */
final class EligibilityHandler {
    private static final MediaType CSV = new MediaType("text", "csv");
    /** A million of the longest accounts, in quotation marks. */
    private static final long MAX_BYTES = 80L * 1024 * 1024;

    private static final int BUFFERS_AHEAD = 16;
    /** Each keeps up to 60 MB while it runs. */
    private static final int MAX_AT_ONCE = 2;

    private final EligibilityOperations operations;
    private final Catalogue catalogue;
    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

    EligibilityHandler(EligibilityOperations operations, Catalogue catalogue) {
        this.operations = operations;
        this.catalogue = catalogue;
    }

    /** Takes a file as the whole list. */
    Mono<ServerResponse> replace(ServerRequest request) {
        IfMatch precondition = IfMatch.of(request);
        return file(request, (id, accounts) -> operations.replace(id, accounts, precondition));
    }

    /** Adds the accounts of a file to the list. */
    Mono<ServerResponse> add(ServerRequest request) {
        IfMatch precondition = IfMatch.of(request);
        return file(request, (id, accounts) -> operations.change(id, old -> old.plus(accounts), precondition));
    }

    /** Adds and removes a few accounts. */
    Mono<ServerResponse> change(ServerRequest request) {
        ActivityId id = activity(request).activityId();
        IfMatch precondition = IfMatch.of(request);
        return AccountChange.read(request)
                .flatMap(change -> exclusively(() ->
                        operations.change(id, old -> old.plus(change.added()).minus(change.removed()), precondition)))
                .flatMap(now -> ok(now.activity(), state(now)));
    }

    Mono<ServerResponse> clear(ServerRequest request) {
        return operations
                .clear(activity(request).activityId(), IfMatch.of(request))
                .flatMap(now -> ok(now.activity(), state(now)));
    }

    /** How many there are; and of one account, whether it may take part as far as the list goes. */
    Mono<ServerResponse> get(ServerRequest request) {
        Activity activity = activity(request);
        UserId account =
                request.queryParam("account").map(EligibilityHandler::account).orElse(null);
        return operations.current(activity).flatMap(list -> {
            Map<String, Object> json =
                    state(new InForce(activity, activity.entry().hasList() ? list : null, false));
            json.remove("changed");
            if (account != null) {
                json.put("account", account.value());
                json.put("eligible", !activity.entry().hasList() || list.contains(Fingerprint.of(account.value())));
            }
            return ok(activity, json);
        });
    }

    private static UserId account(String text) {
        try {
            return new UserId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.faulty(List.of(new Fault("account", e.getMessage()))));
        }
    }

    private Mono<ServerResponse> file(
            ServerRequest request, BiFunction<ActivityId, AccountSet, Mono<InForce>> operation) {
        Activity activity = activity(request);
        refuseOtherThanCsv(request);
        return exclusively(() -> Mono.fromCallable(() -> read(request))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(file -> operation
                        .apply(activity.activityId(), file.accounts())
                        .flatMap(now -> {
                            Map<String, Object> json = state(now);
                            json.put("rows", file.rows());
                            json.put("repeated", file.rows() - file.accounts().size());
                            return ok(now.activity(), json);
                        })));
    }

    private <T> Mono<T> exclusively(Supplier<Mono<T>> work) {
        return Mono.defer(() -> {
            if (!slots.tryAcquire()) {
                return Mono.error(new ProblemException(Problem.unavailable(
                        "busy", "%d lists are being changed; try again later".formatted(MAX_AT_ONCE))));
            }
            return work.get().doFinally(end -> slots.release());
        });
    }

    /** Row by row as it comes, on a thread that may wait for the client. */
    private static AccountFile.Read read(ServerRequest request) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Flux<DataBuffer> body = request.body(BodyExtractors.toDataBuffers()).doOnNext(buffer -> {
            if (bytes.addAndGet(buffer.readableByteCount()) > MAX_BYTES) {
                DataBufferUtils.release(buffer);
                throw new ProblemException(Problem.tooLarge("A file of accounts", MAX_BYTES, "bytes"));
            }
        });
        try (InputStream in = DataBufferUtils.subscriberInputStream(body, BUFFERS_AHEAD)) {
            return AccountFile.read(in, AccountSet.MAX_ACCOUNTS);
        } catch (IOException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static void refuseOtherThanCsv(ServerRequest request) {
        MediaType type = request.headers().contentType().orElse(null);
        if (type == null
                || !CSV.equalsTypeAndSubtype(type)
                || type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unknown-format",
                    "Send the file with Content-Type: text/csv, in UTF-8"));
        }
        if (request.headers().contentLength().orElse(0) > MAX_BYTES) {
            throw new ProblemException(Problem.tooLarge("A file of accounts", MAX_BYTES, "bytes"));
        }
    }

    private Activity activity(ServerRequest request) {
        String id = request.pathVariable("id");
        Activity activity;
        try {
            activity = catalogue.find(new ActivityId(id));
        } catch (IllegalArgumentException e) {
            activity = null;
        }
        if (activity == null) {
            throw new ProblemException(Problem.noSuchActivity(id));
        }
        return activity;
    }

    private static Map<String, Object> state(InForce now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("activityId", now.activity().activityId().value());
        json.put("version", now.activity().version());
        json.put("everyone", now.accounts() == null);
        json.put(
                "list",
                now.activity().entry().hasList() ? now.activity().entry().eligibilityList() : null);
        json.put("accounts", now.accounts() == null ? null : now.accounts().size());
        json.put("changed", now.changed());
        return json;
    }

    private static Mono<ServerResponse> ok(Activity activity, Object json) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .eTag(IfMatch.tagOf(activity))
                .bodyValue(json);
    }
}
