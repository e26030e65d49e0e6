package dev.dibs.audit;

import com.mongodb.client.model.Filters;
import dev.dibs.documents.Documents.UserTicket;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** G5 for MongoDB: the current collection of tickets holds exactly the valid grabs. */
final class MongoCheck {
    private static final String PLACE = "MongoDB";

    private final AuditSources sources;
    private final AuditedActivities activities;
    private final Findings findings;
    private final Map<AuditedActivity, TickList> lists = new HashMap<>();

    MongoCheck(AuditSources sources, AuditedActivities activities, Findings findings) {
        this.sources = sources;
        this.activities = activities;
        this.findings = findings;
    }

    void run(MongoSource mongo, Bson filter) {
        activities.all().forEach(this::list);
        mongo.scan(mongo.currentTickets(), filter, new Document(), this::row);
        lists.forEach((activity, list) -> {
            list.reportMissing();
            activity.looked(Check.MONGODB, "%,d tickets", activity.counts().mongoTickets);
        });
    }

    private void row(Document row) {
        AuditedActivity activity = activities.claimed(Check.MONGODB, PLACE, row.get(UserTicket.ACTIVITY_ID));
        if (activity == null) {
            return;
        }
        activity.counts().mongoTickets++;
        TickList list = list(activity);
        Grant grant = list.tick(integer(row, UserTicket.SEQUENCE), String.valueOf(row.get("_id")));
        if (grant != null) {
            list.compare(
                    grant,
                    new Differences()
                            .user(grant, row.get(UserTicket.USER_ID))
                            .value("ticketKind", grant.kind().value(), row.get(UserTicket.TICKET_KIND))
                            .code(
                                    activity.codes().get(grant.sequence()),
                                    sources.code(activity.id(), row.get(UserTicket.CODE)))
                            .time("grabbedAt", grant.grabbedAt(), integer(row, UserTicket.GRABBED_AT))
                            .value("partition", (long) grant.partition(), integer(row, UserTicket.PARTITION))
                            .value("offset", grant.offset(), integer(row, UserTicket.OFFSET))
                            .time("redeemedAt", grant.redeemedAt(), integer(row, UserTicket.REDEEMED_AT))
                            .time("revokedAt", grant.revokedAt(), integer(row, UserTicket.REVOKED_AT))
                            .value("redeemedOffset", grant.redeemedOffset(), integer(row, UserTicket.REDEEMED_OFFSET))
                            .value("revokedOffset", grant.revokedOffset(), integer(row, UserTicket.REVOKED_OFFSET)));
        }
    }

    private TickList list(AuditedActivity activity) {
        return lists.computeIfAbsent(activity, a -> new TickList(a, Check.MONGODB, PLACE, findings));
    }

    private static Long integer(Document row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : null;
    }

    /** Rows of the audited activities only. */
    static Bson filter(AuditSources sources) {
        return sources.activities().isEmpty()
                ? new Document()
                : Filters.in(
                        UserTicket.ACTIVITY_ID,
                        sources.activities().stream().map(id -> id.value()).toList());
    }
}
