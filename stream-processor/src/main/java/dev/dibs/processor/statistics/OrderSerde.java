package dev.dibs.processor.statistics;

import dev.dibs.measures.Spread;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The bytes of an {@link Order}: about a kilobyte, written and read for each winner, so in whole arrays and not number by
 * number.
 */
public final class OrderSerde {
    private static final int FIXED = 4 * Integer.BYTES + 6 * Long.BYTES;
    private static final int ARRIVAL = 2 * Long.BYTES + Integer.BYTES;
    private static final int ARRIVED = Order.REMEMBERED_MILLIS * Integer.BYTES;

    public static final Serde<Order> SERDE = Serdes.serdeFrom(
            (topic, order) -> order == null ? null : write(order),
            (topic, bytes) -> bytes == null ? null : read(bytes));

    private OrderSerde() {}

    private static byte[] write(Order order) {
        long[] places = order.placesLost.toArray();
        long[] millis = order.millisLost.toArray();
        int size = FIXED + (places.length + millis.length) * Long.BYTES + ARRIVED + order.held.size() * ARRIVAL;
        ByteBuffer out = ByteBuffer.allocate(size);
        Order.Marks marks = order.marks();
        out.putLong(marks.epoch()).putInt(marks.sequence()).putLong(marks.latest());
        out.putLong(marks.unplaced())
                .putLong(marks.inversions())
                .putLong(marks.overtaken())
                .putLong(marks.overtakenFar());
        put(out, places);
        put(out, millis);
        out.asIntBuffer().put(order.arrived);
        out.position(out.position() + ARRIVED);
        out.putInt(order.held.size());
        for (Arrival arrival : order.held) {
            out.putLong(arrival.epoch()).putInt(arrival.sequence()).putLong(arrival.at());
        }
        return out.array();
    }

    private static void put(ByteBuffer out, long[] numbers) {
        out.putInt(numbers.length);
        out.asLongBuffer().put(numbers);
        out.position(out.position() + numbers.length * Long.BYTES);
    }

    private static Order read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            Order.Marks marks = new Order.Marks(
                    in.getLong(), in.getInt(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
            Spread placesLost = Spread.ofArray(numbers(in, in.getInt()));
            Spread millisLost = Spread.ofArray(numbers(in, in.getInt()));
            int[] arrived = new int[Order.REMEMBERED_MILLIS];
            in.asIntBuffer().get(arrived);
            in.position(in.position() + ARRIVED);
            return new Order(marks, held(in), arrived, placesLost, millisLost);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException(
                    "An entry of a state store is not what this version writes; rebuild the statistics", e);
        }
    }

    private static TreeSet<Arrival> held(ByteBuffer in) {
        TreeSet<Arrival> held = new TreeSet<>();
        for (int left = in.getInt(); left > 0; left--) {
            held.add(new Arrival(in.getLong(), in.getInt(), in.getLong()));
        }
        return held;
    }

    private static long[] numbers(ByteBuffer in, int count) {
        long[] numbers = new long[count];
        in.asLongBuffer().get(numbers);
        in.position(in.position() + count * Long.BYTES);
        return numbers;
    }
}
