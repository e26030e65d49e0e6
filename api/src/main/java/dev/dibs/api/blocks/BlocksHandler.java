package dev.dibs.api.blocks;

import dev.dibs.api.access.RequireRole;
import dev.dibs.api.control.TableFullException;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.blocks.Block;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code /admin/blocks}: whom the rule and the operators have blocked. Addresses go out as hashes only. */
final class BlocksHandler {
    private static final int PAGE = 100;
    private static final int MOST_PER_PAGE = 1_000;

    private final SharedBlocks blocks;
    private final UnaryOperator<String> addressHash;
    private final Clock clock;

    BlocksHandler(SharedBlocks blocks, UnaryOperator<String> addressHash, Clock clock) {
        this.blocks = blocks;
        this.addressHash = addressHash;
        this.clock = clock;
    }

    Mono<ServerResponse> add(ServerRequest request) {
        String operator = RequireRole.principal(request).userId().value();
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).flatMap(body -> {
            Block block;
            try {
                block = BlockRequest.read(body, addressHash, operator, clock.millis());
            } catch (IllegalArgumentException e) {
                return faulty("", e);
            }
            return blocks.block(block)
                    .flatMap(done -> ServerResponse.created(URI.create(path(block)))
                            .contentType(MediaType.APPLICATION_JSON)
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .bodyValue(rendered(block)))
                    .onErrorResume(
                            TableFullException.class,
                            e -> Problem.of(HttpStatus.CONFLICT, "too-many-blocks", e.getMessage())
                                    .toResponse());
        });
    }

    /** By their keys: operators' about addresses, all of the rule, operators' about users; {@code lastId} goes on behind. */
    Mono<ServerResponse> list(ServerRequest request) {
        int size;
        try {
            size = request.queryParam("pageSize").map(Integer::parseInt).orElse(PAGE);
            if (size < 1 || size > MOST_PER_PAGE) {
                throw new IllegalArgumentException("must be 1 to " + MOST_PER_PAGE);
            }
        } catch (IllegalArgumentException e) {
            return faulty("pageSize", new IllegalArgumentException("must be 1 to " + MOST_PER_PAGE, e));
        }
        String after = request.queryParam("lastId").orElse("");
        // Sorting a great many takes longer than an event loop has.
        return Mono.fromCallable(() -> page(after, size))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(BlocksHandler::ok);
    }

    private Map<String, Object> page(String after, int size) {
        long now = clock.millis();
        List<Map.Entry<String, Block>> found = blocks.all().entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(after) > 0)
                .filter(entry -> entry.getValue().until() > now)
                .sorted(Map.Entry.comparingByKey())
                .limit(size + 1L)
                .toList();
        List<Map.Entry<String, Block>> page = found.subList(0, Math.min(size, found.size()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasMore", found.size() > size);
        json.put("lastId", page.isEmpty() ? "" : page.get(page.size() - 1).getKey());
        json.put("list", page.stream().map(entry -> rendered(entry.getValue())).toList());
        return json;
    }

    Mono<ServerResponse> get(ServerRequest request, Block.Kind kind) {
        return found(request, kind, all -> ok(rendered(all.values().iterator().next())));
    }

    Mono<ServerResponse> lift(ServerRequest request, Block.Kind kind) {
        return found(
                request,
                kind,
                all -> Flux.fromIterable(all.keySet())
                        .concatMap(blocks::lift)
                        .then(ServerResponse.noContent().build()));
    }

    /** @param route is told of at least one block */
    private Mono<ServerResponse> found(
            ServerRequest request, Block.Kind kind, Function<Map<String, Block>, Mono<ServerResponse>> route) {
        String subject = request.pathVariable("subject");
        Map<String, Block> all;
        try {
            all = blocks.about(
                    kind, kind == Block.Kind.USER ? subject : BlockRequest.addressHash(subject, addressHash));
        } catch (IllegalArgumentException e) {
            return faulty("address", e);
        }
        if (all.isEmpty()) {
            return Problem.of(HttpStatus.NOT_FOUND, "no-such-block", "This " + kind.label() + " is not blocked")
                    .toResponse();
        }
        return route.apply(all);
    }

    private static Mono<ServerResponse> faulty(String field, IllegalArgumentException e) {
        return Problem.faulty(List.of(new Fault(field, e.getMessage()))).toResponse();
    }

    private static String path(Block block) {
        return "/admin/blocks/" + (block.kind() == Block.Kind.USER ? "users/" : "addresses/") + block.subject();
    }

    private static Map<String, Object> rendered(Block block) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(block.kind() == Block.Kind.USER ? "user" : "addressHash", block.subject());
        json.put("origin", block.origin().label());
        json.put("by", block.by());
        json.put("reason", block.reason());
        json.put("blockedAt", block.blockedAt() / 1_000);
        json.put("until", block.until() / 1_000);
        return json;
    }

    private static Mono<ServerResponse> ok(Object json) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(json);
    }
}
