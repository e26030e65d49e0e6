package dev.dibs.api.tickets;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.MongoException;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The projector's collection of tickets: whichever the pointer in {@code projections} names. */
final class MongoProjectedTickets implements ProjectedTickets, TicketPlaces {
    private static final Logger log = LoggerFactory.getLogger(MongoProjectedTickets.class);
    private static final Duration POINTER_LIFETIME = Duration.ofSeconds(1);
    /** After a failure, so that not every reader of a crowd waits for the same dead server. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Mono<MongoCollection<Document>> current;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final CodeSeal seal;
    private volatile long restsUntil;

    /**
     * @param timeout after which a question is given up
     * @param nanoTime as {@link System#nanoTime}: a clock that is set back must not make a second of rest an hour
     */
    MongoProjectedTickets(MongoDatabase database, Duration timeout, LongSupplier nanoTime, CodeSeal seal) {
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.restsUntil = nanoTime.getAsLong();
        this.seal = seal;
        MongoCollection<Document> projections = database.getCollection(Documents.PROJECTIONS);
        this.current = Mono.defer(() -> Mono.from(
                        projections.find(eq("_id", Documents.USER_TICKETS)).first()))
                .mapNotNull(pointer -> pointer.getString(Documents.Projection.COLLECTION))
                .defaultIfEmpty(Documents.USER_TICKETS)
                .map(database::getCollection)
                .timeout(timeout)
                .cache(collection -> POINTER_LIFETIME, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public Mono<List<ListedTicket>> of(UserId userId, TicketCursor after, int limit) {
        Bson mine = eq(UserTicket.USER_ID, userId.value());
        Bson filter = after == null ? mine : and(mine, behind(after));
        return bounded(current.flatMapMany(tickets -> Flux.from(tickets.find(filter)
                        .sort(Sorts.descending(UserTicket.GRABBED_AT, "_id"))
                        .limit(limit)))
                .map(this::listed)
                .collectList());
    }

    private static Bson behind(TicketCursor place) {
        return or(
                lt(UserTicket.GRABBED_AT, place.grabbedAt()),
                and(eq(UserTicket.GRABBED_AT, place.grabbedAt()), lt("_id", place.ticketId())));
    }

    @Override
    public Mono<OwnedTicket> find(UserId userId, TicketId ticketId) {
        return bounded(current.flatMap(tickets -> Mono.from(
                        tickets.find(and(eq("_id", ticketId.toString()), eq(UserTicket.USER_ID, userId.value())))
                                .first()))
                .map(this::read));
    }

    @Override
    public Mono<TicketPlace> find(TicketId ticketId) {
        return bounded(current.flatMap(tickets ->
                        Mono.from(tickets.find(eq("_id", ticketId.toString())).first()))
                // A redemption may be projected before the grab that it is about.
                .filter(found -> found.get(UserTicket.SEQUENCE) != null)
                .map(found -> new TicketPlace(
                        new ActivityId(found.getString(UserTicket.ACTIVITY_ID)),
                        found.get(UserTicket.SEQUENCE, Number.class).intValue())));
    }

    @Override
    public Mono<OwnedTicket> won(UserId userId, ActivityId activityId, Fingerprint request) {
        return first(and(of(userId, activityId), eq(UserTicket.REQUEST, request.text())));
    }

    @Override
    public Mono<OwnedTicket> latest(UserId userId, ActivityId activityId) {
        return first(of(userId, activityId));
    }

    private static Bson of(UserId userId, ActivityId activityId) {
        return and(eq(UserTicket.USER_ID, userId.value()), eq(UserTicket.ACTIVITY_ID, activityId.value()));
    }

    /** The newest; a user has few tickets, so that the index by user leads there quickly. */
    private Mono<OwnedTicket> first(Bson filter) {
        return bounded(current.flatMap(tickets -> Mono.from(tickets.find(filter)
                        .sort(Sorts.descending(UserTicket.GRABBED_AT, "_id"))
                        .first()))
                .map(this::read));
    }

    private <T> Mono<T> bounded(Mono<T> query) {
        return Mono.defer(() -> {
            if (nanoTime.getAsLong() - restsUntil < 0) {
                return Mono.error(new IllegalStateException("MongoDB did not answer a moment ago"));
            }
            return query.timeout(timeout).doOnError(MongoProjectedTickets::isOfTheServer, this::failed);
        });
    }

    /** A document that cannot be read says nothing of the server, and concerns nobody but its owner. */
    private static boolean isOfTheServer(Throwable error) {
        return error instanceof MongoException || error instanceof TimeoutException;
    }

    private void failed(Throwable error) {
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        log.warn("Tickets cannot be read from the projection; error={}", error.toString());
    }

    private ListedTicket listed(Document document) {
        try {
            return ListedTicket.readable(read(document));
        } catch (UnreadableCodeException e) {
            // A key that was taken out of the configuration must not take the tickets of all other keys along.
            return ListedTicket.unreadable(
                    new TicketCursor(grabbedAt(document), document.getString("_id")),
                    new ActivityId(document.getString(UserTicket.ACTIVITY_ID)),
                    e);
        }
    }

    private OwnedTicket read(Document document) {
        ActivityId activityId = new ActivityId(document.getString(UserTicket.ACTIVITY_ID));
        return new OwnedTicket(
                TicketId.parse(document.getString("_id")),
                activityId,
                document.get(UserTicket.SEQUENCE, Number.class).intValue(),
                new TicketKind(document.getString(UserTicket.TICKET_KIND)),
                seal.open(activityId, document.getString(UserTicket.CODE)),
                grabbedAt(document),
                use(document));
    }

    private static long grabbedAt(Document document) {
        return document.get(UserTicket.GRABBED_AT, Number.class).longValue();
    }

    private static Holding.Use use(Document document) {
        if (document.get(UserTicket.REVOKED_AT) != null) {
            return Holding.Use.REVOKED;
        }
        return document.get(UserTicket.REDEEMED_AT) != null ? Holding.Use.REDEEMED : Holding.Use.UNUSED;
    }
}
