package dev.dibs.projector.store;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.Map;

final class MemoryTicketStoreTest extends TicketStoreContract {
    private final MemoryTicketStore store = new MemoryTicketStore();

    @Override
    protected TicketStore store() {
        return store;
    }

    @Override
    protected Map<String, Map<String, Object>> rows(String collectionName) {
        return store.rows(collectionName);
    }

    @Override
    protected void putCode(String id, String code) {
        store.putCode(id, code);
    }

    @Override
    protected void removeCode(String id) {
        store.removeCode(id);
    }

    @Override
    protected void refuse(String collectionName, TicketId ticket, ActivityId activity, int sequence) {
        store.refuse(ticket);
    }
}
