package dev.dibs.processor.ledger;

import dev.dibs.ledger.ActivityAccount;
import dev.dibs.processor.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;

/** The few numbers that the ledger keeps of an activity as a whole. */
public record Account(long epoch, int limitPerUser, int stock) {
    static final Account NEW = new Account(ActivityAccount.NO_EPOCH, 0, 0);

    public static final Serde<Account> SERDE = BinarySerde.of(
            (out, account) -> {
                out.writeLong(account.epoch);
                out.writeInt(account.limitPerUser);
                out.writeInt(account.stock);
            },
            in -> new Account(in.readLong(), in.readInt(), in.readInt()));
}
