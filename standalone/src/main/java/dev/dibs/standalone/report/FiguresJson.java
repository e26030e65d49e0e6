package dev.dibs.standalone.report;

import dev.dibs.codec.Json;
import dev.dibs.measures.Distribution;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** What the page's script draws, as JSON that may stand in a page; programs may read it there, too. */
final class FiguresJson {
    private FiguresJson() {}

    static Html of(Sale sale, Curve curve, Waits waits) {
        byte[] json = Json.object(figures -> {
            figures.writeStringProperty(
                    "activityId", sale.activity().activityId().value());
            figures.writeStringProperty("name", sale.activity().name());
            figures.writeNumberProperty("logPartition", sale.totals().logPartition());
            figures.writeNumberProperty("logOffset", sale.totals().logOffset());
            if (curve != null) {
                write(figures, curve);
            }
            if (!waits.isEmpty()) {
                write(figures, waits);
            }
            if (sale.totals().fairness().measured() > 0) {
                figures.writeObjectPropertyStart("fairness");
                write(figures, "places", sale.totals().fairness().placesLost());
                write(figures, "millis", sale.totals().fairness().millisLost());
                figures.writeEndObject();
            }
        });
        return inPage(new String(json, StandardCharsets.UTF_8));
    }

    /**
     * The same JSON without anything that a browser could take for the end of its element, or a reader of scripts for the
     * end of a line: none of it can stand outside of a string.
     */
    static Html inPage(String json) {
        return new Html(json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029"));
    }

    private static void write(JsonGenerator figures, Curve curve) {
        figures.writeObjectPropertyStart("curve");
        figures.writeNumberProperty("from", curve.from());
        figures.writeNumberProperty("width", curve.width());
        double width = curve.width();
        write(figures, "granted", curve, point -> point.granted() / width);
        write(figures, "requests", curve, point -> point.requests() / width);
        write(figures, "refused", curve, point -> point.refused() / width);
        write(figures, "givenOut", curve, Curve.Point::givenOut);
        if (curve.sums().knowsStock()) {
            write(figures, "remaining", curve, Curve.Point::remaining);
            write(figures, "stock", curve, Curve.Point::stock);
        }
        figures.writeEndObject();
    }

    private static void write(JsonGenerator figures, String field, Curve curve, ToDoubleFunction<Curve.Point> value) {
        figures.writeArrayPropertyStart(field);
        curve.points().forEach(point -> write(figures, value.applyAsDouble(point)));
        figures.writeEndArray();
    }

    private static void write(JsonGenerator figures, Waits waits) {
        figures.writeObjectPropertyStart("waits");
        write(figures, "from", waits, Waits.Bucket::from);
        write(figures, "upTo", waits, Waits.Bucket::upTo);
        write(figures, "count", waits, Waits.Bucket::count);
        write(figures, "perMilli", waits, Waits.Bucket::perMilli);
        figures.writeNumberProperty("drawn", waits.drawn());
        write(figures, "milliseconds", waits.distribution());
        figures.writeEndObject();
    }

    private static void write(JsonGenerator figures, String field, Waits waits, ToDoubleFunction<Waits.Bucket> value) {
        figures.writeArrayPropertyStart(field);
        waits.buckets().forEach(bucket -> write(figures, value.applyAsDouble(bucket)));
        figures.writeEndArray();
    }

    private static void write(JsonGenerator figures, String field, Distribution spread) {
        figures.writeArrayPropertyStart(field);
        for (long value : new long[] {spread.p50(), spread.p95(), spread.p99(), spread.max()}) {
            figures.writeNumber(value);
        }
        figures.writeEndArray();
    }

    /** Whole where it is, and else to a thousandth. */
    private static void write(JsonGenerator figures, double number) {
        if (number == Math.rint(number)) {
            figures.writeNumber((long) number);
        } else {
            figures.writeNumber(Math.round(number * 1_000) / 1e3);
        }
    }
}
