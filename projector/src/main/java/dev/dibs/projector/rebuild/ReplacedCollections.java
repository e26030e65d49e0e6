package dev.dibs.projector.rebuild;

import dev.dibs.projector.store.TicketVersions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops collections that rebuilds have replaced, or left behind, once nobody can be reading them any more. An export
 * reads the collection it began with to its end, however many rebuilds come meanwhile: it has this long for it. One that
 * takes longer breaks off, which its reader sees.
 */
public final class ReplacedCollections {
    /** A million rows are exported in about a minute. */
    public static final Duration GRACE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(ReplacedCollections.class);

    private final TicketVersions versions;
    private final Clock clock;
    private final Duration grace;

    public ReplacedCollections(TicketVersions versions, Clock clock) {
        this(versions, clock, GRACE);
    }

    ReplacedCollections(TicketVersions versions, Clock clock, Duration grace) {
        this.versions = versions;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Notes what is replaced now, and drops what has been for longer than the grace.
     *
     * @return what was dropped, oldest first
     * @throws dev.dibs.projector.store.StoreException where the database does not answer
     */
    public List<String> sweep() {
        List<String> dropped = new ArrayList<>();
        for (String collection : versions.olderThan(versions.current())) {
            long now = clock.millis();
            if (now - versions.replacedSince(collection, now) >= grace.toMillis()) {
                versions.drop(collection);
                dropped.add(collection);
                log.info("Dropped a collection that was replaced long ago; collection={}", collection);
            }
        }
        return dropped;
    }
}
