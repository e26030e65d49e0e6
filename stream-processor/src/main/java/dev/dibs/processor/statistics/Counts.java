package dev.dibs.processor.statistics;

import dev.dibs.processor.serde.BinarySerde;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * How often what has happened, and how much stock has been added. None is negative; sums stop at the largest long rather than
 * turn negative.
 */
public record Counts(
        long stockAdded,
        long granted,
        long redeemed,
        long revoked,
        long voided,
        long duplicates,
        long requests,
        Map<String, Long> answers) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, Map.of());

    static final Counts GRANTED = new Counts(0, 1, 0, 0, 0, 0, 0, Map.of());
    static final Counts REDEEMED = new Counts(0, 0, 1, 0, 0, 0, 0, Map.of());
    static final Counts REVOKED = new Counts(0, 0, 0, 1, 0, 0, 0, Map.of());
    static final Counts VOIDED = new Counts(0, 0, 0, 0, 1, 0, 0, Map.of());
    static final Counts DUPLICATE = new Counts(0, 0, 0, 0, 0, 1, 0, Map.of());

    /** Names of answers are few and short; anything else is no count but a mistake. */
    private static final int MAX_ANSWER_NAME = 64;

    public static final Serde<Counts> SERDE = BinarySerde.of(Counts::write, Counts::read);

    public Counts {
        // One of them is negative exactly if this is.
        if ((stockAdded | granted | redeemed | revoked | voided | duplicates | requests) < 0) {
            throw new IllegalArgumentException("counts must be at least 0");
        }
        answers.forEach((answer, count) -> {
            if (answer.length() > MAX_ANSWER_NAME) {
                throw new IllegalArgumentException(
                        "the name of an answer must have at most " + MAX_ANSWER_NAME + " characters");
            }
            if (count < 0) {
                throw new IllegalArgumentException("answers." + answer + " must be at least 0 but is " + count);
            }
        });
    }

    public Counts plus(Counts more) {
        return new Counts(
                sum(stockAdded, more.stockAdded),
                sum(granted, more.granted),
                sum(redeemed, more.redeemed),
                sum(revoked, more.revoked),
                sum(voided, more.voided),
                sum(duplicates, more.duplicates),
                sum(requests, more.requests),
                sum(answers, more.answers));
    }

    static Counts ofStock(long added) {
        return new Counts(added, 0, 0, 0, 0, 0, 0, Map.of());
    }

    static Counts ofRequests(long requests, Map<String, Long> answers) {
        return new Counts(0, 0, 0, 0, 0, 0, requests, answers);
    }

    /** By how much these change what remains. */
    public long remainingChange() {
        return stockAdded - granted;
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> more) {
        if (more.isEmpty()) {
            return some;
        }
        Map<String, Long> sum = new TreeMap<>(some);
        more.forEach((answer, count) -> sum.merge(answer, count, Counts::sum));
        return sum;
    }

    private static long sum(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static void write(DataOutput out, Counts counts) throws IOException {
        out.writeLong(counts.stockAdded);
        out.writeLong(counts.granted);
        out.writeLong(counts.redeemed);
        out.writeLong(counts.revoked);
        out.writeLong(counts.voided);
        out.writeLong(counts.duplicates);
        out.writeLong(counts.requests);
        out.writeInt(counts.answers.size());
        for (Map.Entry<String, Long> answer : counts.answers.entrySet()) {
            out.writeUTF(answer.getKey());
            out.writeLong(answer.getValue());
        }
    }

    static Counts read(DataInput in) throws IOException {
        long stockAdded = in.readLong();
        long granted = in.readLong();
        long redeemed = in.readLong();
        long revoked = in.readLong();
        long voided = in.readLong();
        long duplicates = in.readLong();
        long requests = in.readLong();
        Map<String, Long> answers = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            answers.put(in.readUTF(), in.readLong());
        }
        return new Counts(stockAdded, granted, redeemed, revoked, voided, duplicates, requests, answers);
    }
}
