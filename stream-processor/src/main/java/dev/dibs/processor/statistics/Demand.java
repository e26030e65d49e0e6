package dev.dibs.processor.statistics;

import dev.dibs.funnel.GrabFunnel;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Spread;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import dev.dibs.processor.serde.BinarySerde;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * What the instances of the API have measured of an activity's crowd, added up. Apart from {@link Totals}, which are
 * written for each grab; this only once per instance and second.
 *
 * @param waits of winners, by the upper bound of a bucket, milliseconds
 */
public record Demand(Map<Long, Long> waits, TopAddresses refusedAddresses) {
    public static final Demand NONE = new Demand(Map.of(), TopAddresses.NONE);

    public static final Serde<Demand> SERDE = BinarySerde.of(Demand::write, Demand::read);

    static Demand of(GrabFunnel funnel) {
        return new Demand(funnel.waits(), funnel.refusedAddresses());
    }

    public Demand plus(Demand more) {
        Spread sum = Spread.of(waits);
        more.waits.forEach(sum::add);
        return new Demand(sum.counts(), refusedAddresses.plus(more.refusedAddresses));
    }

    Distribution waiting() {
        return Spread.of(waits).distribution();
    }

    private static void write(DataOutput out, Demand demand) throws IOException {
        out.writeInt(demand.waits.size());
        for (Map.Entry<Long, Long> wait : demand.waits.entrySet()) {
            out.writeLong(wait.getKey());
            out.writeLong(wait.getValue());
        }
        out.writeLong(demand.refusedAddresses.unlistedAtMost());
        out.writeInt(demand.refusedAddresses.list().size());
        for (Address refused : demand.refusedAddresses.list()) {
            out.writeUTF(refused.addressHash());
            out.writeLong(refused.atLeast());
            out.writeLong(refused.atMost());
        }
    }

    private static Demand read(DataInput in) throws IOException {
        Map<Long, Long> waits = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            waits.put(in.readLong(), in.readLong());
        }
        long unlisted = in.readLong();
        List<Address> list = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            list.add(new Address(in.readUTF(), in.readLong(), in.readLong()));
        }
        return new Demand(waits, new TopAddresses(list, unlisted));
    }
}
