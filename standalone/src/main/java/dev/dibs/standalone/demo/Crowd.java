package dev.dibs.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets buyers loose on an activity: as many at a time as there are connections, and no more waiting in memory. */
final class Crowd {
    private static final int MOST_TRIES = 20;
    private static final int MOST_POLLS = 60;
    private static final int HAMMERING = 30;
    private static final Duration POLL = Duration.ofMillis(100);
    /** Less often than a user may ask. */
    private static final Duration RESULT_POLL = Duration.ofMillis(250);
    /** Between the look at the clock and the server's decision some time passes. */
    private static final Duration MARGIN = Duration.ofMillis(400);

    private final BuyerClient client;
    private final String activityId;
    private final Instant opens;
    private final int connections;
    private final CrowdHistory history;
    private final LongSupplier clock = System::nanoTime;

    Crowd(BuyerClient client, String activityId, Instant opens, int connections, CrowdHistory history) {
        this.client = client;
        this.activityId = activityId;
        this.opens = opens;
        this.connections = connections;
        this.history = history;
    }

    /** A change of an activity reaches every instance within about a second. */
    Mono<Void> awaitVisible(Buyer buyer) {
        return Mono.delay(POLL)
                .then(client.activity(buyer, activityId))
                .repeat()
                .takeUntil(Answer::isGranted)
                .then();
    }

    Mono<Void> awaitOpening() {
        // A second begins on the server's clock as it does on ours: it is the same machine's.
        Duration left = Duration.between(Instant.now(), opens);
        return left.isNegative() ? Mono.empty() : Mono.delay(left).then();
    }

    /** Those who look at the page first: opens all connections. Fails where the activity is not to be seen. */
    Mono<Void> lookAround(List<Buyer> buyers) {
        return Flux.fromIterable(buyers.subList(0, Math.min(buyers.size(), 2 * connections)))
                .flatMap(buyer -> client.activity(buyer, activityId), connections)
                .doOnNext(answer -> {
                    if (!answer.isGranted()) {
                        history.violation("/act/detail was answered ret %d before the opening", answer.ret());
                    }
                })
                .then();
    }

    /** Those who come too early must be sent away with the time to come back. */
    Mono<Void> comeTooEarly(List<Buyer> buyers) {
        return Flux.fromIterable(buyers)
                .filter(Buyer::comesTooEarly)
                .takeWhile(buyer -> Instant.now().isBefore(opens.minus(MARGIN)))
                .flatMap(buyer -> once(buyer, buyer.request(0)).doOnNext(this::expectNotStarted), connections)
                .then();
    }

    private void expectNotStarted(Answer answer) {
        if (Instant.now().isAfter(opens)) {
            return;
        }
        long start = answer.data().path("start_time").asLong(0);
        if (answer.ret() != Answer.NOT_STARTED || start != opens.getEpochSecond()) {
            history.violation("a grab before the opening was answered ret %d with start_time %d", answer.ret(), start);
        }
    }

    /** Everybody grabs. Completes when everybody has a final answer, or has given up. */
    Flux<Buyer> grab(List<Buyer> buyers) {
        return Flux.fromIterable(buyers).flatMap(buyer -> visit(buyer).thenReturn(buyer), connections);
    }

    /** Asks once more for those who were still pending. */
    Mono<Void> askAgain(List<Buyer> buyers) {
        return Flux.fromIterable(buyers)
                .filter(history::isPending)
                .flatMap(buyer -> resolved(buyer, buyer.request(1), clock.getAsLong()), connections)
                .then();
    }

    private Mono<Void> visit(Buyer buyer) {
        String request = buyer.request(1);
        Mono<Answer> grabs = switch (buyer.habit()) {
            case STEADY -> grab(buyer, request);
            case REPEATS -> grab(buyer, request).flatMap(first -> repeat(buyer, request, first));
            case PRESSES_TWICE ->
                Mono.zip(grab(buyer, request), grab(buyer, buyer.request(2)), (one, two) -> both(buyer, one, two));
            case HAMMERS -> grab(buyer, request).flatMap(first -> hammer(buyer).thenReturn(first));
        };
        return grabs.filter(answer -> answer.isGranted() && buyer.checksTicket())
                .flatMap(answer -> check(buyer, answer.ticketId()))
                .then()
                .onErrorResume(e -> {
                    history.violation("%s got no answer: %s", buyer.user(), e);
                    return Mono.empty();
                });
    }

    private Mono<Answer> repeat(Buyer buyer, String request, Answer first) {
        return grab(buyer, request).doOnNext(second -> {
            if (first.isGranted() && !second.isGranted()) {
                history.violation(
                        "%s won, repeated the same requestId and was answered ret %d", buyer.user(), second.ret());
            }
        });
    }

    /** More than anybody may: most of it must be refused, and nothing of it may disturb the others of its address. */
    private Mono<Void> hammer(Buyer buyer) {
        return Flux.range(2, HAMMERING)
                .concatMap(press -> once(buyer, buyer.request(press)))
                .filter(answer -> answer.ret() == Answer.TOO_MANY_REQUESTS)
                .count()
                .doOnNext(refused -> {
                    if (refused < HAMMERING / 2) {
                        history.violation(
                                "%s grabbed %d times in a row and was refused %d times only",
                                buyer.user(), HAMMERING, refused);
                    }
                })
                .then();
    }

    private Answer both(Buyer buyer, Answer one, Answer two) {
        // Two different tickets have been noticed by the history.
        Answer granted = one.isGranted() ? one : two;
        Answer other = one.isGranted() ? two : one;
        if (granted.isGranted()
                && other.ret() == Answer.ALREADY_TAKEN
                && !other.ticketId().equals(granted.ticketId())) {
            history.violation(
                    "%s holds ticket %s but was shown %s", buyer.user(), granted.ticketId(), other.ticketId());
        }
        return granted;
    }

    /** One press of the button: sent again with the same requestId for as long as nothing has been decided. */
    private Mono<Answer> grab(Buyer buyer, String request) {
        return grab(buyer, request, 1);
    }

    private Mono<Answer> grab(Buyer buyer, String request, int attempt) {
        return Mono.defer(() -> {
            long sent = clock.getAsLong();
            return decided(buyer, request, 1).flatMap(answer -> {
                if (answer.isPending()) {
                    return resolved(buyer, request, sent)
                            .flatMap(end -> endedAsNothing(end) && attempt < MOST_TRIES
                                    ? grab(buyer, request, attempt + 1)
                                    : Mono.just(end));
                }
                if (answer.isGranted()) {
                    history.granted(buyer, request, answer, sent, clock.getAsLong());
                }
                return Mono.just(answer);
            });
        });
    }

    private static boolean endedAsNothing(Answer answer) {
        return !answer.isGranted() && !answer.isPending();
    }

    private Mono<Answer> decided(Buyer buyer, String request, int attempt) {
        return once(buyer, request)
                .onErrorResume(e -> attempt < MOST_TRIES
                        ? Mono.delay(POLL).then(decided(buyer, request, attempt + 1))
                        : Mono.error(e))
                .flatMap(answer -> isUndecided(answer) && attempt < MOST_TRIES
                        ? Mono.delay(answer.retryAfter()).then(decided(buyer, request, attempt + 1))
                        : Mono.just(answer));
    }

    private static boolean isUndecided(Answer answer) {
        return answer.ret() == Answer.UNAVAILABLE || answer.ret() == Answer.TOO_MANY_REQUESTS;
    }

    private Mono<Answer> once(Buyer buyer, String request) {
        return Mono.defer(() -> {
            long sent = clock.getAsLong();
            return client.grab(buyer, activityId, request)
                    .doOnNext(answer -> history.answered(answer, sent, clock.getAsLong()))
                    .doOnError(e -> history.lost());
        });
    }

    /** A pending grab ends as a ticket or as nothing; until then the buyer asks. */
    private Mono<Answer> resolved(Buyer buyer, String request, long sent) {
        return Mono.delay(RESULT_POLL)
                .then(client.result(buyer, activityId))
                .repeat(MOST_POLLS)
                .takeUntil(answer -> !answer.isUndecided())
                .last()
                .doOnNext(answer -> {
                    if (answer.isGranted()) {
                        history.granted(buyer, request, answer, sent, clock.getAsLong());
                    } else if (answer.isUndecided()) {
                        history.stillPending(buyer);
                    } else {
                        history.endedAsNothing(buyer);
                    }
                });
    }

    /** Whoever was answered ret 0 sees the ticket at once, everywhere. */
    private Mono<Void> check(Buyer buyer, String ticketId) {
        return Mono.when(
                client.ticket(buyer, ticketId).doOnNext(answer -> shown(buyer, "/ticket/detail", ticketId, answer)),
                client.result(buyer, activityId).doOnNext(answer -> shown(buyer, "/ticket/result", ticketId, answer)),
                client.tickets(buyer).doOnNext(answer -> listed(buyer, ticketId, answer)));
    }

    private void shown(Buyer buyer, String path, String ticketId, Answer answer) {
        if (!answer.isGranted() || !answer.ticketId().equals(ticketId)) {
            history.violation(
                    "%s holds ticket %s, but %s answers ret %d, ticket '%s'",
                    buyer.user(), ticketId, path, answer.ret(), answer.ticketId());
        }
    }

    private void listed(Buyer buyer, String ticketId, Answer answer) {
        for (JsonNode ticket : answer.data().path("list")) {
            if (ticket.path("id").asString("").equals(ticketId)) {
                return;
            }
        }
        history.violation("%s holds ticket %s, but /ticket/list does not show it", buyer.user(), ticketId);
    }
}
