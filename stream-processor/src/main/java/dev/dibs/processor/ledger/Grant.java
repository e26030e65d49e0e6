package dev.dibs.processor.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.processor.serde.BinarySerde;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;

/**
 * A sequence that somebody holds: what the ledger wants to know of it, and what a later row of the results repeats.
 *
 * @param holding the ledger's part
 * @param requestedAt epoch milliseconds
 * @param waitedMillis from the arrival of the request to its being sent to the log
 * @param instance of the API that sent it, or empty
 */
public record Grant(
        Holding holding,
        UserId userId,
        TicketKind ticketKind,
        long requestedAt,
        long waitedMillis,
        String instance,
        String addressHash) {
    private static final Holding.Use[] USES = Holding.Use.values();

    public static final Serde<Grant> SERDE = BinarySerde.of(Grant::write, Grant::read);

    /** @param sentAt when the record was sent to the log, epoch milliseconds */
    public static Grant of(TicketGrabbed grab, long sentAt, String instance) {
        Holding holding = new Holding(
                grab.sequence(),
                grab.ticketId(),
                grab.epoch(),
                Fingerprint.of(grab.userId().value()),
                Fingerprint.of(grab.requestId().value()),
                grab.grabbedAt(),
                Holding.Use.UNUSED);
        // Never negative, though the record may be another instance's, with another clock.
        long waited = Math.max(0, sentAt - grab.requestedAt());
        return new Grant(
                holding, grab.userId(), grab.ticketKind(), grab.requestedAt(), waited, instance, grab.addressHash());
    }

    Grant withUse(Holding.Use use) {
        Holding used = new Holding(
                holding.sequence(),
                holding.ticketId(),
                holding.epoch(),
                holding.user(),
                holding.request(),
                holding.grabbedAt(),
                use);
        return new Grant(used, userId, ticketKind, requestedAt, waitedMillis, instance, addressHash);
    }

    private static void write(DataOutput out, Grant grant) throws IOException {
        Holding holding = grant.holding;
        out.writeByte(holding.use().ordinal());
        out.writeInt(holding.sequence());
        out.writeLong(holding.ticketId().value().getMostSignificantBits());
        out.writeLong(holding.ticketId().value().getLeastSignificantBits());
        out.writeLong(holding.epoch());
        // The user's fingerprint is made from the id again; the request's id is wanted by nobody but the ledger.
        out.writeLong(holding.request().high());
        out.writeLong(holding.request().low());
        out.writeLong(holding.grabbedAt());
        out.writeLong(grant.requestedAt);
        out.writeLong(grant.waitedMillis);
        out.writeUTF(grant.instance);
        out.writeUTF(grant.userId.value());
        out.writeUTF(grant.ticketKind.value());
        out.writeUTF(grant.addressHash);
    }

    private static Grant read(DataInput in) throws IOException {
        Holding.Use use = USES[in.readByte()];
        int sequence = in.readInt();
        TicketId ticketId = new TicketId(new UUID(in.readLong(), in.readLong()));
        long epoch = in.readLong();
        Fingerprint request = new Fingerprint(in.readLong(), in.readLong());
        long grabbedAt = in.readLong();
        long requestedAt = in.readLong();
        long waitedMillis = in.readLong();
        String instance = in.readUTF();
        UserId userId = new UserId(in.readUTF());
        Holding holding =
                new Holding(sequence, ticketId, epoch, Fingerprint.of(userId.value()), request, grabbedAt, use);
        return new Grant(
                holding, userId, new TicketKind(in.readUTF()), requestedAt, waitedMillis, instance, in.readUTF());
    }
}
