package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Where codes are kept, and who owns which. A code has one owner: the first who writes its fingerprint. Every call may
 * be repeated. No call may be given more than 1,000 codes.
 */
interface CodeStore {

    /** A code of an import and the kind of ticket it is for. Never to be logged. */
    record Code(int row, String code, TicketKind kind) {
        @Override
        public String toString() {
            return "Code[row=" + row + "]";
        }
    }

    /** Begins an import or goes on with it; begins anew where it had been given up. */
    Mono<ImportRun> begin(ActivityId activityId, ImportId importId);

    /** How far imports have come, by any run of them; those that never began are left out. */
    Mono<Map<ImportRun, ImportRun.Status>> statuses(Collection<ImportRun> runs);

    /** Who owns these fingerprints; those that nobody owns are left out. */
    Mono<Map<String, ImportRun>> owners(List<String> fingerprints);

    /**
     * Makes the run the owner of those fingerprints that nobody owns.
     *
     * @param firstRow the row of the first of them
     * @return the fingerprints that have an owner already, with the owner
     */
    Mono<Map<String, ImportRun>> claim(ImportRun run, int firstRow, List<String> fingerprints);

    /** Makes the run the owner in place of another; false where that is not the owner any more. */
    Mono<Boolean> takeOver(ImportRun run, int row, String fingerprint, ImportRun owner);

    /** Stores the codes of the run. */
    Mono<Void> store(ImportRun run, List<Code> codes);

    /** After this the run cannot be given up any more; false where it has been. */
    Mono<Boolean> seal(ImportRun run);

    /** Gives the import up if it is open; else does nothing. */
    Mono<Void> giveUp(ActivityId activityId, ImportId importId);
}
