package dev.dibs.api.door;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.api.TestClock;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.door.CodeIndex.CodePlace;
import dev.dibs.api.operations.MemoryLog;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.tickets.TicketPlaces;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * A sale of ten codes, {@code CODE-0} to {@code CODE-9}, of which the first three are won; with a log in memory. The
 * tickets are valid for an hour from now.
 */
final class DoorWorld implements CodeIndex, TicketCodes, TicketPlaces {
    static final ActivityId MOVIE = new ActivityId("movie");
    static final ActivityId CONCERT = new ActivityId("concert");
    static final TicketKind SEAT = new TicketKind("seat");
    static final UserId KEEPER = new UserId("keeper");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration VALID_FOR = Duration.ofHours(1);
    private static final ImportId IMPORT = new ImportId("import");
    private static final ImportId UNFINISHED = new ImportId("unfinished");

    final TestClock clock = new TestClock();
    final MemoryLog log = new MemoryLog();
    final MemoryCatalogue catalogue = new MemoryCatalogue();
    final Map<TicketId, TicketPlace> projected = new HashMap<>();
    private final Map<String, CodePlace> places = new HashMap<>();
    private final Map<Integer, TicketId> won = new HashMap<>();
    private boolean databaseIsAway;

    DoorWorld() {
        long start = clock.seconds();
        long end = start + VALID_FOR.toSeconds();
        TicketType seat = new TicketType(SEAT, "Seat", "", "", start, end);
        catalogue
                .save(new Activity(
                        MOVIE,
                        "Movie",
                        "",
                        "",
                        1,
                        start,
                        1,
                        "",
                        List.of(seat),
                        ActivityState.PUBLISHED,
                        1,
                        0,
                        Entry.OPEN))
                .block(PATIENCE);
        log.append(new StockAdded(UUID.randomUUID(), 0, MOVIE, 0, 10, SEAT, IMPORT));
        long epoch = log.append(new EpochOpened(UUID.randomUUID(), 0, MOVIE, "nonce", "fence", 1))
                .offset();
        for (int row = 0; row < 10; row++) {
            places.put("CODE-" + row, new CodePlace(MOVIE, IMPORT, row));
        }
        places.put("HALF-WRITTEN", new CodePlace(MOVIE, UNFINISHED, 0));
        places.put("COLLIDES", new CodePlace(MOVIE, IMPORT, 0));
        for (int sequence = 0; sequence < 3; sequence++) {
            TicketId ticket = new TicketId(UUID.randomUUID());
            won.put(sequence, ticket);
            log.append(new TicketGrabbed(
                    MOVIE,
                    epoch,
                    sequence,
                    ticket,
                    new UserId("user-" + sequence),
                    new RequestId("r"),
                    1,
                    1,
                    SEAT,
                    ""));
        }
    }

    TicketId ticket(int sequence) {
        return won.get(sequence);
    }

    void databaseGoesAway() {
        databaseIsAway = true;
    }

    void project(int sequence) {
        projected.put(won.get(sequence), new TicketPlace(MOVIE, sequence));
    }

    /** As another instance has it: the same log, and nothing else in common. */
    Door door() {
        return door(log);
    }

    Door door(FactWriter facts) {
        return new Door(this, this, catalogue, log, new LogDecision(facts, PATIENCE), clock, UUID::randomUUID);
    }

    Revocations revocations() {
        return new Revocations(this, catalogue, log, new LogDecision(log, PATIENCE), clock, UUID::randomUUID);
    }

    static RedeemRequest press(String code, String gate) {
        return new RedeemRequest(code, KEEPER, gate, null, null);
    }

    static RedeemRequest press(String code, String gate, String requestId) {
        return press(code, KEEPER, gate, requestId);
    }

    static RedeemRequest press(String code, UserId by, String gate, String requestId) {
        return new RedeemRequest(code, by, gate, null, new RequestId(requestId));
    }

    static <T> T now(Mono<T> answer) {
        return answer.block(PATIENCE);
    }

    static Problem problem(Mono<DoorAnswer> answer) {
        return ((DoorAnswer.Refused) now(answer)).problem();
    }

    @Override
    public Mono<CodePlace> find(String code) {
        return databaseIsAway ? Mono.error(new TimeoutException("away")) : Mono.justOrEmpty(places.get(code));
    }

    @Override
    public Mono<TicketCode> find(ActivityId activityId, int sequence) {
        return Mono.just(new TicketCode(SEAT, "CODE-" + sequence));
    }

    @Override
    public Mono<TicketPlace> find(TicketId ticketId) {
        return databaseIsAway ? Mono.error(new TimeoutException("away")) : Mono.justOrEmpty(projected.get(ticketId));
    }
}
