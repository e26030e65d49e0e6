package dev.dibs.audit;

import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import dev.dibs.ledger.Holding;

/** What an exported file must tell: of which grabs, and of what became of them, as of its position. */
final class ExportScope {
    private final ExportManifest manifest;

    /** @param manifest null for everything in the log */
    ExportScope(ExportManifest manifest) {
        this.manifest = manifest;
    }

    /** Whether this grab lies before the position. */
    boolean reaches(Grant grant) {
        return manifest == null || includes(grant.partition(), grant.offset());
    }

    /** Whether the file lists this grab. */
    boolean lists(Grant grant) {
        return reaches(grant)
                && (manifest == null
                        || manifest.filter().matches(grant.sequence(), grant.grabbedAt(), state(grant))
                                && (manifest.after() == null || grant.sequence() > manifest.after()));
    }

    TicketState state(Grant grant) {
        if (grant.use() == Holding.Use.UNUSED || manifest != null && !includes(grant.partition(), grant.usedOffset())) {
            return TicketState.GRANTED;
        }
        return grant.use() == Holding.Use.REDEEMED ? TicketState.REDEEMED : TicketState.REVOKED;
    }

    /** When it came into this state, in epoch milliseconds; null where it is in another. */
    Long usedAt(Grant grant, TicketState state) {
        return state(grant) == state ? (Long) grant.usedAt() : null;
    }

    /** Where the log says so; null where it is neither redeemed nor revoked. */
    Long stateOffset(Grant grant) {
        return state(grant) == TicketState.GRANTED ? null : (Long) grant.usedOffset();
    }

    private boolean includes(int partition, long offset) {
        LogPosition position = manifest.position();
        return position.partition() == partition && position.includes(offset);
    }
}
