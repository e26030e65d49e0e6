package dev.dibs.api.operations;

import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.events.StockAdded;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Adds an import's stock to the log: behind what there is, and once. */
final class StockAppender {
    private static final Logger log = LoggerFactory.getLogger(StockAppender.class);
    /** Each lost race means that another import has been added. */
    private static final int MAX_ATTEMPTS = 50;

    private final LedgerView ledger;
    private final FactWriter facts;
    private final Clock clock;
    private final Supplier<UUID> eventIds;

    StockAppender(LedgerView ledger, FactWriter facts, Clock clock, Supplier<UUID> eventIds) {
        this.ledger = ledger;
        this.facts = facts;
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /** The import as the ledger has it already, if it does. */
    Optional<ImportReport> known(ActivityId activityId, ImportId importId) {
        MemoryActivityAccount account = ledger.account(activityId);
        if (account == null || !account.hasImport(importId)) {
            return Optional.empty();
        }
        return account.ranges().stream()
                .filter(range -> range.importId().equals(importId))
                .findFirst()
                .map(ImportReport::known);
    }

    Mono<Outcome<ImportReport>> append(ActivityId activityId, ImportId importId, int rows, TicketKind kind) {
        return append(activityId, importId, rows, kind, MAX_ATTEMPTS).onErrorResume(error -> {
            log.warn(
                    "The stock of an import was not confirmed; activityId={} importId={} error={}",
                    activityId,
                    importId,
                    error.toString());
            return Mono.just(new Outcome.Refused<>(Problem.unavailable(
                            "not-confirmed",
                            "All codes are stored, but the log has not confirmed them. Repeat the import to finish it")
                    .with("importId", importId.value())));
        });
    }

    private Mono<Outcome<ImportReport>> append(
            ActivityId activityId, ImportId importId, int rows, TicketKind kind, int attempts) {
        MemoryActivityAccount account = ledger.account(activityId);
        int from = account == null ? 0 : account.stock();
        if (from > Integer.MAX_VALUE - rows) {
            return Mono.just(new Outcome.Refused<>(
                    Problem.of(HttpStatus.CONFLICT, "too-much-stock", "The activity cannot hold so many codes")));
        }
        StockAdded added =
                new StockAdded(eventIds.get(), clock.millis(), activityId, from, from + rows, kind, importId);
        // The verdict comes on the thread that reads the log, which has no time for what follows.
        return facts.write(added).publishOn(Schedulers.parallel()).flatMap(judged -> {
            Verdict verdict = judged.verdict();
            if (verdict == Verdict.VALID) {
                return Mono.just(new Outcome.Done<>(new ImportReport(importId, from, from + rows, true)));
            }
            Optional<ImportReport> known = known(activityId, importId);
            if (known.isPresent()) {
                return Mono.just(new Outcome.Done<>(known.get()));
            }
            if (verdict == Verdict.VOID_NOT_CONTIGUOUS && attempts > 1) {
                // The ledger has folded what came in between, so the next attempt begins behind it.
                return append(activityId, importId, rows, kind, attempts - 1);
            }
            return Mono.error(new IllegalStateException("the ledger says " + verdict + " to new stock"));
        });
    }
}
