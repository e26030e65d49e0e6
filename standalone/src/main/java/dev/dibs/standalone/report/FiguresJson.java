package dev.dibs.standalone.report;

import dev.dibs.codec.Json;
import dev.dibs.measures.Distribution;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** What the page's script draws, as JSON that may stand in a page; programs may read it there, too. */
final class FiguresJson {
    private FiguresJson() {}

    static Html of(Sale sale, Curve curve, Bars waits) {
        byte[] json = Json.object(figures -> {
            figures.writeStringProperty(
                    "activityId", sale.activity().activityId().value());
            figures.writeStringProperty("name", sale.activity().name());
            figures.writeNumberProperty("logPartition", sale.totals().logPartition());
            figures.writeNumberProperty("logOffset", sale.totals().logOffset());
            if (curve != null) {
                write(figures, curve);
            }
            if (!waits.bars().isEmpty()) {
                write(figures, waits, sale.waits().distribution());
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
        for (Curve.Point point : curve.points()) {
            double number = value.applyAsDouble(point);
            if (number == Math.rint(number)) {
                figures.writeNumber((long) number);
            } else {
                figures.writeNumber(Math.round(number * 1_000) / 1e3);
            }
        }
        figures.writeEndArray();
    }

    private static void write(JsonGenerator figures, Bars waits, Distribution spread) {
        figures.writeObjectPropertyStart("waits");
        figures.writeArrayPropertyStart("upTo");
        waits.bars().forEach(bar -> figures.writeNumber(bar.upTo()));
        figures.writeEndArray();
        figures.writeArrayPropertyStart("count");
        waits.bars().forEach(bar -> figures.writeNumber(bar.count()));
        figures.writeEndArray();
        figures.writeArrayPropertyStart("marks");
        for (long mark : new long[] {spread.p50(), spread.p95(), spread.p99()}) {
            figures.writeNumber(waits.of(mark));
        }
        figures.writeEndArray();
        write(figures, "milliseconds", spread);
        figures.writeEndObject();
    }

    private static void write(JsonGenerator figures, String field, Distribution spread) {
        figures.writeArrayPropertyStart(field);
        for (long value : new long[] {spread.p50(), spread.p95(), spread.p99(), spread.max()}) {
            figures.writeNumber(value);
        }
        figures.writeEndArray();
    }
}
