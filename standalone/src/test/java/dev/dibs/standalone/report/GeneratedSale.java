package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.codec.Json;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Spread;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** A sale that has never been: the records that the statistics would have of it, by the names of their fields. */
final class GeneratedSale {
    static final long OPENS = 1_795_176_000L;
    private static final ActivityId MOVIE_NIGHT = new ActivityId("movie-night");

    /** Takes a record of a topic. */
    interface Reader {
        void record(String topic, byte[] key, byte[] value);
    }

    /** How a sale goes, by the second after its opening. */
    private record Shape(
            long from, long to, LongToDoubleFunction grabs, LongToDoubleFunction requests, double typicalWait) {}

    private final ActivityId id;
    private final Activity activity;
    private final Random random;
    private final Map<Long, long[]> seconds = new TreeMap<>();
    private final Map<Long, Spread> waits = new TreeMap<>();
    private final Spread allWaits = new Spread();
    private final long grabs;
    private final long demand;
    private final long lateStock;
    private long granted;
    private long requests;
    private long soldOutAt;

    private GeneratedSale(ActivityId id, String name, long grabs, long demand, long lateStock, long seed, Shape shape) {
        this.id = id;
        this.grabs = grabs;
        this.demand = demand;
        this.lateStock = lateStock;
        this.random = new Random(seed);
        this.activity = new Activity(
                id,
                name,
                "",
                "",
                OPENS,
                OPENS + 4 * 3_600,
                1,
                "",
                List.of(new TicketType(
                        new TicketKind("regular"), "Regular", "", "", OPENS + 7 * 86_400, OPENS + 8 * 86_400)),
                ActivityState.PUBLISHED,
                3,
                0,
                Entry.OPEN);
        sell(shape);
    }

    /** A thousand tickets within five seconds. */
    static GeneratedSale ofAThousand(String name, long seed) {
        return ofAThousand(MOVIE_NIGHT, name, seed);
    }

    static GeneratedSale ofAThousand(ActivityId id, String name, long seed) {
        return new GeneratedSale(
                id,
                name,
                1_000,
                20_000,
                0,
                seed,
                new Shape(-4, 14, t -> t < 0 || t > 4 ? 0 : Math.exp(-t), t -> t < 0 ? 0.15 : Math.exp(-t / 4.0), 12));
    }

    /** A million tickets within two hours, of which the last fifth came after the first. */
    static GeneratedSale ofAMillion(String name, long seed) {
        return new GeneratedSale(
                MOVIE_NIGHT,
                name,
                1_000_000,
                4_000_000,
                200_000,
                seed,
                new Shape(
                        -300,
                        9_000,
                        t -> t < 0 || t >= 7_200
                                ? 0
                                : 1 + 3 * Math.exp(-t / 900.0) + (t > 3_600 && t < 4_200 ? 1.5 : 0),
                        t -> t < 0 ? 0.3 : 1 + 6 * Math.exp(-t / 600.0) + (t > 3_600 && t < 4_200 ? 2 : 0),
                        40));
    }

    Activity activity() {
        return activity;
    }

    long grabs() {
        return grabs;
    }

    long requests() {
        return requests;
    }

    private void sell(Shape shape) {
        second(-3_600)[3] = grabs - lateStock;
        if (lateStock > 0) {
            second(3_600)[3] = lateStock;
        }
        spread(shape, shape.grabs(), grabs, 0);
        spread(shape, shape.requests(), demand, 1);
        seconds.forEach((second, counts) -> {
            // Who gets a ticket has asked for it.
            counts[1] = Math.max(counts[1], counts[0]);
            requests += counts[1];
            granted += counts[0];
            if (granted == grabs && soldOutAt == 0) {
                soldOutAt = second * 1_000 + 400;
            }
            for (long i = 0; i < counts[0]; i++) {
                long wait = Math.round(shape.typicalWait() * Math.exp(random.nextGaussian() * 0.55));
                waits.computeIfAbsent(second, s -> new Spread()).add(wait);
                allWaits.add(wait);
            }
        });
        // The doors open a week later.
        for (int i = 0; i < 50; i++) {
            second(7 * 86_400 + 60L * i)[2] = grabs / 100;
        }
    }

    /** So many, as the shape says; a little more or less in each second, and all of them in the end. */
    private void spread(Shape shape, LongToDoubleFunction weight, long count, int column) {
        double sum = 0;
        for (long t = shape.from(); t < shape.to(); t++) {
            sum += weight.applyAsDouble(t);
        }
        long given = 0;
        long last = shape.from();
        for (long t = shape.from(); t < shape.to(); t++) {
            double mean = count * weight.applyAsDouble(t) / sum;
            long now = Math.min(count - given, Math.round(mean * (0.85 + 0.3 * random.nextDouble())));
            if (now > 0) {
                second(t)[column] += now;
                given += now;
                last = t;
            }
        }
        second(last)[column] += count - given;
    }

    private long[] second(long afterOpening) {
        return seconds.computeIfAbsent(OPENS + afterOpening, second -> new long[4]);
    }

    /** All records, each topic's in the order of its partition. */
    void records(Reader reader) {
        long stock = 0;
        long out = 0;
        for (Map.Entry<Long, long[]> second : seconds.entrySet()) {
            long[] counts = second.getValue();
            stock += counts[3];
            out += counts[0];
            long remaining = stock - out;
            byte[] key = bytes(id + ":" + second.getKey());
            // Under load a second is written several times; the latest counts.
            reader.record(Topics.ACTIVITY_STATS_PER_SECOND, key, second(second.getKey(), counts, counts[0] / 2, 0));
            reader.record(Topics.ACTIVITY_STATS_PER_SECOND, key, second(second.getKey(), counts, counts[0], remaining));
            funnel(reader, second.getKey(), counts);
        }
        reader.record(Topics.ACTIVITY_STATS, bytes(id.value()), totals(stock));
    }

    private byte[] second(long second, long[] counts, long grabbed, long remaining) {
        return Json.object(json -> {
            header(json);
            json.writeNumberProperty("second", second);
            json.writeNumberProperty("granted", grabbed);
            json.writeNumberProperty("redeemed", counts[2]);
            json.writeNumberProperty("revoked", 0);
            json.writeNumberProperty("voided", 0);
            json.writeNumberProperty("duplicates", 0);
            json.writeNumberProperty("requests", counts[1]);
            answers(json, grabbed, counts[1] - grabbed);
            json.writeNumberProperty("stockAdded", counts[3]);
            json.writeNumberProperty("remaining", remaining);
        });
    }

    private void funnel(Reader reader, long second, long[] counts) {
        Spread waited = waits.get(second);
        if (counts[1] == 0) {
            return;
        }
        reader.record(Topics.GRAB_FUNNEL, bytes(id.value()), Json.object(json -> {
            header(json);
            json.writeStringProperty("instance", "a1");
            json.writeNumberProperty("second", second);
            json.writeNumberProperty("requests", counts[1]);
            answers(json, counts[0], counts[1] - counts[0]);
            json.writeObjectPropertyStart("waits");
            if (waited != null) {
                waited.counts().forEach((millis, count) -> json.writeNumberProperty("" + millis, count));
            }
            json.writeEndObject();
        }));
    }

    private byte[] totals(long stock) {
        long[] sums = new long[4];
        seconds.values().forEach(counts -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
        });
        return Json.object(json -> {
            header(json);
            json.writeNumberProperty("stock", stock);
            json.writeNumberProperty("granted", sums[0]);
            json.writeNumberProperty("remaining", stock - sums[0]);
            json.writeNumberProperty("redeemed", sums[2]);
            json.writeNumberProperty("revoked", grabs / 500);
            json.writeNumberProperty("voided", 0);
            json.writeNumberProperty("duplicates", 2);
            json.writeNumberProperty("requests", sums[1]);
            answers(json, sums[0], sums[1] - sums[0]);
            json.writeNumberProperty("firstGrabbedAt", OPENS * 1_000 + 7);
            json.writeNumberProperty("lastGrabbedAt", soldOutAt);
            json.writeNumberProperty("logPartition", 4);
            json.writeNumberProperty("logOffset", 1_000 + grabs);
            fairness(json);
            distribution(json, "waits", allWaits.distribution());
            json.writeNumberProperty("free", 0);
            json.writeNumberProperty("unreached", stock - sums[0]);
            json.writeBooleanProperty("holds", true);
            json.writeNumberProperty("soldOutAt", soldOutAt);
        });
    }

    private void fairness(JsonGenerator json) {
        json.writeObjectPropertyStart("fairness");
        json.writeNumberProperty("measured", grabs);
        json.writeNumberProperty("unplaced", 0);
        json.writeNumberProperty("inversions", grabs / 9);
        json.writeNumberProperty("overtaken", grabs / 12);
        json.writeNumberProperty("overtakenFar", 0);
        distribution(json, "placesLost", new Distribution(grabs, 0, 3, 11, 47));
        distribution(json, "millisLost", new Distribution(grabs, 0, 4, 13, 119));
        json.writeEndObject();
    }

    private void header(JsonGenerator json) {
        json.writeNumberProperty("schemaVersion", 1);
        json.writeStringProperty("activityId", id.value());
    }

    private static void answers(JsonGenerator json, long granted, long others) {
        Map<String, Long> answers = new HashMap<>();
        answers.put("granted", granted);
        answers.put("alreadyTaken", others / 20);
        answers.put("tooManyRequests", others / 8);
        answers.put("notStarted", others / 30);
        answers.put("systemError", others / 200);
        answers.put("soldOut", others - others / 20 - others / 8 - others / 30 - others / 200);
        json.writeObjectPropertyStart("answers");
        new TreeMap<>(answers).forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void distribution(JsonGenerator json, String field, Distribution spread) {
        json.writeObjectPropertyStart(field);
        json.writeNumberProperty("count", spread.count());
        json.writeNumberProperty("p50", spread.p50());
        json.writeNumberProperty("p95", spread.p95());
        json.writeNumberProperty("p99", spread.p99());
        json.writeNumberProperty("max", spread.max());
        json.writeEndObject();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the report makes of the records. */
    Sale sale() {
        SaleTally tally = new SaleTally(id);
        records(tally::add);
        return tally.sale(activity, Map.of("statistics-4", 1L)).orElseThrow();
    }
}
