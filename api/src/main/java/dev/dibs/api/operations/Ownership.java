package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Judges what it means for an import that a code has an owner already. */
final class Ownership {

    /** What an owner stands for, as others see it. */
    enum Standing {
        /** The owner has been given up; the code is there for the taking. */
        FREE,
        /** The log has the owner's stock: the code is issued, or will be. */
        TAKEN,
        /** The owner's stock is not in the log, and may still come. */
        UNFINISHED
    }

    private final CodeStore store;
    private final LedgerView ledger;
    private final Catalogue catalogue;

    Ownership(CodeStore store, LedgerView ledger, Catalogue catalogue) {
        this.store = store;
        this.ledger = ledger;
        this.catalogue = catalogue;
    }

    Mono<Map<ImportRun, Standing>> judge(Set<ImportRun> owners) {
        Map<ImportRun, Standing> standings = new HashMap<>();
        Set<ImportRun> open = new HashSet<>();
        for (ImportRun owner : owners) {
            if (isInLedger(owner)) {
                standings.put(owner, Standing.TAKEN);
            } else {
                open.add(owner);
            }
        }
        return store.statuses(open).map(statuses -> {
            for (ImportRun owner : open) {
                standings.put(owner, standing(owner, statuses.get(owner)));
            }
            return standings;
        });
    }

    private Standing standing(ImportRun owner, ImportRun.Status status) {
        if (status != null && status.isDead(owner)) {
            return Standing.FREE;
        }
        // The account of an activity that is over may be out of memory, and then the log knows more than the ledger;
        // nor could such an import be finished by repeating it.
        Activity activity = catalogue.find(owner.activityId());
        boolean over =
                activity == null || activity.state() == ActivityState.ENDED || ledger.isReleased(owner.activityId());
        return over && status != null && status.stage() == ImportRun.Stage.SEALED
                ? Standing.TAKEN
                : Standing.UNFINISHED;
    }

    private boolean isInLedger(ImportRun owner) {
        MemoryActivityAccount account = ledger.account(owner.activityId());
        return account != null && account.hasImport(owner.importId());
    }
}
