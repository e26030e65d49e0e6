package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.ImportNote;
import dev.dibs.chaos.history.Operation;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the operators have imported, by their own files: which code each sequence must have does not rest on the
 * servers' word. Checks also that what they were told is stock is there once, and nothing else.
 */
final class ImportedCodes implements HistoryCheck {
    private record Import(String activity, String importId) {}

    private final Fold fold;
    private final Violations violations;
    private final Map<Import, ImportNote> imports = new HashMap<>();
    private final Set<String> activities = new HashSet<>();

    ImportedCodes(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.operation() == Operation.CREATE) {
            activities.add(exchange.activity());
        }
        if (exchange.operation() == Operation.IMPORT) {
            ImportNote note = ImportNote.parse(exchange.note());
            imports.merge(
                    new Import(exchange.activity(), exchange.request()),
                    note,
                    (known, now) -> now.isAdded() ? now : known);
        }
    }

    /** The activities of this run. */
    Set<String> activities() {
        return activities;
    }

    /** The code of this sequence, or null where no import is known that has brought it. */
    String code(String activity, int sequence) {
        MemoryActivityAccount account = fold.account(activity);
        StockRange range = account == null ? null : account.range(sequence);
        ImportNote note = range == null
                ? null
                : imports.get(new Import(activity, range.importId().value()));
        return note == null ? null : note.code(sequence - range.from());
    }

    @Override
    public void finish() {
        imports.forEach((key, note) -> {
            if (note.isAdded()) {
                checkAdded(key, note);
            }
        });
        activities.forEach(this::checkNothingElse);
    }

    private void checkAdded(Import key, ImportNote note) {
        MemoryActivityAccount account = fold.account(key.activity);
        StockRange found = account == null
                ? null
                : account.ranges().stream()
                        .filter(range -> range.importId().value().equals(key.importId))
                        .findFirst()
                        .orElse(null);
        int to = note.from() + note.rows();
        if (found == null || found.from() != note.from() || found.to() != to) {
            violations.add(
                    Promise.STOCK,
                    key.activity,
                    "",
                    note.from(),
                    "import %s is expected to be sequences %d to %d, as its operator was told, but the log has %s",
                    key.importId,
                    note.from(),
                    to - 1,
                    found == null ? "none of it" : found.from() + " to " + (found.to() - 1));
        }
    }

    private void checkNothingElse(String activity) {
        MemoryActivityAccount account = fold.account(activity);
        if (account == null) {
            return;
        }
        for (StockRange range : account.ranges()) {
            if (!imports.containsKey(new Import(activity, range.importId().value()))) {
                violations.add(
                        Promise.STOCK,
                        activity,
                        "",
                        range.from(),
                        "the stock from here to %d is of import %s, which nobody made",
                        range.to() - 1,
                        range.importId());
            }
        }
    }
}
