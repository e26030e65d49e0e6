package dev.dibs.projector.store;

import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps the contract without a database, so that what stands before the store can be tested without one. */
public final class MemoryTicketStore implements TicketStore {
    private final Map<String, Map<String, Map<String, Object>>> collections = new HashMap<>();
    private final Map<String, Map<Integer, Long>> positions = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();
    private final Set<TicketId> refused = new HashSet<>();

    @Override
    public synchronized WriteOutcome write(String collection, TicketBatch batch) {
        List<TicketId> withoutCode = new ArrayList<>();
        List<RefusedRow> notWritten = new ArrayList<>();
        for (TicketChange change : batch.changes()) {
            if (refused.contains(change.ticketId())) {
                notWritten.add(new RefusedRow(change.ticketId(), "refused by the test"));
                continue;
            }
            if (change.grant() != null && !codes.containsKey(change.grant().codeId())) {
                withoutCode.add(change.ticketId());
            }
            String id = change.ticketId().toString();
            set(collection(collection).computeIfAbsent(id, i -> new TreeMap<>(Map.of("_id", i))), change);
        }
        return new WriteOutcome(withoutCode, notWritten);
    }

    private void set(Map<String, Object> row, TicketChange change) {
        if (change.grant() != null) {
            Grant grant = change.grant();
            row.put(UserTicket.USER_ID, grant.userId().value());
            row.put(UserTicket.ACTIVITY_ID, grant.activityId().value());
            row.put(UserTicket.SEQUENCE, grant.sequence());
            row.put(UserTicket.TICKET_KIND, grant.ticketKind().value());
            row.put(UserTicket.GRABBED_AT, grant.grabbedAt());
            row.put(UserTicket.REQUEST, grant.request().text());
            row.put(UserTicket.PARTITION, grant.partition());
            row.put(UserTicket.OFFSET, grant.offset());
            if (codes.containsKey(grant.codeId())) {
                row.put(UserTicket.CODE, codes.get(grant.codeId()));
            }
        }
        if (change.redeemed() != null) {
            row.put(UserTicket.REDEEMED_AT, change.redeemed().at());
            row.put(UserTicket.REDEEMED_OFFSET, change.redeemed().offset());
        }
        if (change.revoked() != null) {
            row.put(UserTicket.REVOKED_AT, change.revoked().at());
            row.put(UserTicket.REVOKED_OFFSET, change.revoked().offset());
        }
    }

    private Map<String, Map<String, Object>> collection(String name) {
        return collections.computeIfAbsent(name, n -> new TreeMap<>());
    }

    @Override
    public synchronized Map<Integer, Long> positions(String collection) {
        return new TreeMap<>(positions.getOrDefault(collection, Map.of()));
    }

    @Override
    public synchronized void advance(String collection, Map<Integer, Long> nextOffsets) {
        Map<Integer, Long> known = positions.computeIfAbsent(collection, c -> new TreeMap<>());
        nextOffsets.forEach((partition, next) -> known.merge(partition, next, Math::max));
    }

    public synchronized Map<String, Map<String, Object>> rows(String collection) {
        return new TreeMap<>(collection(collection));
    }

    public synchronized void putCode(String id, String code) {
        codes.put(id, code);
    }

    public synchronized void removeCode(String id) {
        codes.remove(id);
    }

    public synchronized void refuse(TicketId ticket) {
        refused.add(ticket);
    }
}
