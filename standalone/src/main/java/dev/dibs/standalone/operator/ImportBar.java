package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.Console;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import tools.jackson.databind.JsonNode;

/** Shows an import as a bar where somebody looks; nothing in a log file or a pipe. */
public final class ImportBar implements AutoCloseable {
    /** Each row is read, compared, claimed and stored. */
    private static final int PASSES = 4;

    private final ProgressBar bar;

    private ImportBar(ProgressBar bar) {
        this.bar = bar;
    }

    public static ImportBar open() {
        if (!Console.isTerminal()) {
            return new ImportBar(null);
        }
        return new ImportBar(new ProgressBarBuilder()
                .setTaskName("receiving")
                .setInitialMax(100)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .build());
    }

    public void show(JsonNode job) {
        if (bar != null) {
            bar.setExtraMessage(" " + job.path("stage").asString("").toLowerCase(Locale.ROOT));
            bar.stepTo(percent(job));
        }
    }

    /** Of the work on all rows; 0 while it is not known how many there are. */
    public static int percent(JsonNode job) {
        if (job.path("stage").asString("").equals("DONE")) {
            return 100;
        }
        long rows = job.path("rows").asLong(0);
        long done = job.path("rowsRead").asLong(0)
                + job.path("rowsCompared").asLong(0)
                + job.path("rowsClaimed").asLong(0)
                + job.path("rowsStored").asLong(0);
        return rows <= 0 ? 0 : (int) Math.min(99, done * 100 / (rows * PASSES));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
